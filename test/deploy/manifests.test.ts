/** What can be held about the manifests without a cluster: form, pins, limits, probes that exist, no privileges. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { COMMANDS } from '../../src/cli/registry.js';
import { settingsSchema } from '../../src/config/settings.js';
import { installationFolder } from '../../src/installation.js';

const deploy = join(installationFolder(), 'deploy');
const read = (name: string) => readFileSync(join(deploy, name), 'utf8');
// biome-ignore lint/suspicious/noExplicitAny: manifests are checked by what is read from them
type Yaml = any;

const manifests: Yaml[] = readdirSync(join(deploy, 'kubernetes')).flatMap((name) =>
  parseAllDocuments(read(`kubernetes/${name}`)).map((document) => {
    expect(document.errors, name).toEqual([]);
    return document.toJS();
  }),
);
const ofKind = (kind: string) => manifests.filter((manifest) => manifest.kind === kind);
const workloads = [...ofKind('Deployment'), ...ofKind('Job')];

/** Names that the settings read from the environment. */
const known = new Set([...JSON.stringify(settingsSchema).matchAll(/"env":"([A-Z_]+)"/g)].map(([, name]) => name));

describe('Kubernetes', () => {
  it('has what the docs name', () => {
    expect(manifests.map(({ kind, metadata }) => `${kind}/${metadata.name}`).sort()).toMatchObject([
      'ConfigMap/assay',
      'ConfigMap/assay-prometheus-adapter-rule',
      'Deployment/assay-api',
      'Deployment/assay-worker',
      'HorizontalPodAutoscaler/assay-api',
      'HorizontalPodAutoscaler/assay-worker',
      'Job/assay-first-run',
      'Namespace/assay',
      'PodDisruptionBudget/assay-api',
      'PodDisruptionBudget/assay-worker',
      'Service/assay-api',
    ]);
    for (const manifest of manifests)
      expect(manifest.apiVersion).toMatch(/^(v1|apps\/v1|batch\/v1|policy\/v1|autoscaling\/v2)$/);
  });

  it('runs without privileges, within limits, by commands that exist', () => {
    expect(workloads).toHaveLength(3);
    for (const { spec, metadata } of workloads) {
      const pod = spec.template.spec;
      expect(pod.securityContext, metadata.name).toMatchObject({ runAsNonRoot: true });
      for (const container of pod.containers) {
        expect(container.image).toMatch(/^[a-z/]+:\d+\.\d+\.\d+$/);
        expect(container.securityContext).toMatchObject({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
        });
        expect(container.resources.limits.memory).toMatch(/^\d+Gi$/);
        expect(container.resources.requests.cpu).toBeDefined();
        expect(COMMANDS.map(({ name }) => name)).toContain(container.args[0]);
        const mounts = container.volumeMounts.map(({ name }: Yaml) => name).sort();
        expect(mounts).toEqual(pod.volumes.map(({ name }: Yaml) => name).sort());
      }
    }
  });

  it('probes the addresses that a process answers, on the port it listens on', () => {
    for (const { spec } of ofKind('Deployment')) {
      const [container] = spec.template.spec.containers;
      expect(container.livenessProbe.httpGet).toEqual({ path: '/health', port: 'http' });
      expect(container.readinessProbe.httpGet).toEqual({ path: '/ready', port: 'http' });
      expect(container.ports).toEqual([{ name: 'http', containerPort: 3000 }]);
    }
  });

  it('selects pods that there are, and scales deployments that there are', () => {
    const labels = ofKind('Deployment').map(({ spec }) => JSON.stringify(spec.template.metadata.labels));
    for (const { spec } of ofKind('Service')) expect(labels).toContain(JSON.stringify(spec.selector));
    for (const { spec } of ofKind('PodDisruptionBudget'))
      expect(labels).toContain(JSON.stringify(spec.selector.matchLabels));
    const names = ofKind('Deployment').map(({ metadata }) => metadata.name);
    for (const { spec } of ofKind('HorizontalPodAutoscaler')) expect(names).toContain(spec.scaleTargetRef.name);
  });

  it('sets only what the settings read', () => {
    const [config] = ofKind('ConfigMap').filter(({ metadata }) => metadata.name === 'assay');
    for (const name of Object.keys(config.data)) expect(known).toContain(name);
  });
});

describe('compose', () => {
  const { services, volumes } = parse(read('compose.yaml'), { merge: true }) as Yaml;

  it('pins every image, publishes on loopback only, and limits memory', () => {
    expect(Object.keys(services).sort()).toEqual(
      ['api', 'elasticsearch', 'first-run', 'fixtures', 'kafka', 'postgres', 'redis', 'worker'].sort(),
    );
    for (const [name, service] of Object.entries<Yaml>(services)) {
      expect(service.image, name).toMatch(/:(\d|\$\{ASSAY_VERSION:-\d)/);
      for (const port of service.ports ?? []) expect(port, name).toMatch(/^127\.0\.0\.1:/);
      expect(service.mem_limit, name).toMatch(/^\d+[mg]$/);
      for (const mount of service.volumes ?? []) {
        const source = String(mount).split(':')[0]!;
        if (!source.startsWith('.')) expect(Object.keys(volumes), `${name}: ${mount}`).toContain(source);
      }
    }
  });

  it('starts what waits on a server only when that is healthy', () => {
    for (const name of ['api', 'worker', 'first-run'])
      for (const [server, { condition }] of Object.entries<Yaml>(services[name].depends_on)) {
        expect(condition).toBe('service_healthy');
        expect(services[server].healthcheck.test, server).toBeDefined();
      }
  });

  it('holds no password', () => {
    expect(read('compose.yaml')).not.toMatch(/(PASSWORD|password): (?!\$\{|'\$\{)\S/);
  });
});

describe('Dockerfile', () => {
  const lines = read('Dockerfile').split('\n');

  it('is small and runs as nobody special: two stages, pinned bases, a user, a health check', () => {
    const bases = lines.filter((line) => line.startsWith('FROM '));
    expect(bases).toHaveLength(2);
    for (const base of bases) expect(base).toMatch(/:\d+\.\d+[\w.-]*slim/);
    expect(lines.filter((line) => line.startsWith('USER ')).at(-1)).toBe('USER node');
    expect(lines.some((line) => line.startsWith('HEALTHCHECK '))).toBe(true);
    expect(lines.indexOf('USER node')).toBeGreaterThan(lines.findIndex((line) => line.includes('chown')));
  });

  it('copies only what is there', () => {
    const ignored = readFileSync(join(installationFolder(), '.dockerignore'), 'utf8').split('\n');
    const there = readdirSync(installationFolder());
    for (const line of lines.filter((line) => line.startsWith('COPY ') && !line.includes('--from')))
      for (const source of line.split(' ').slice(1, -1)) {
        expect(there, line).toContain(source.split('/')[0]);
        expect(ignored, line).not.toContain(source);
      }
  });
});
