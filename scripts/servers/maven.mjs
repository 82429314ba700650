import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execute } from './tools.mjs';

const PLUGIN = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1';
const MAVEN = ['mvn', '-q', '-B'];

/**
 * Fetches one artifact without its dependencies, into the scratch folder: a carrier of 900 MB need not stay in the
 * user's repository when a tenth of it is used.
 * @param {string} coordinates group:artifact:version[:packaging]
 * @param {string} scratch
 * @param {AbortSignal} [signal]
 * @returns {Promise<string>} its path
 */
export async function fetchArtifact(coordinates, scratch, signal) {
  const [group = '', artifact = '', version = '', packaging = 'jar'] = coordinates.split(':');
  const repository = join(scratch, 'maven');
  const command = [...MAVEN, `-Dmaven.repo.local=${repository}`, `${PLUGIN}:get`];
  await execute([...command, `-Dartifact=${coordinates}`, '-Dtransitive=false'], { cwd: scratch, signal });
  const folder = join(repository, ...group.split('.'), artifact, version);
  const file = readdirSync(folder).find((name) => name === `${artifact}-${version}.${packaging}`);
  if (file === undefined) throw new Error(`mvn brought no ${coordinates}`);
  return join(folder, file);
}

/**
 * Fetches artifacts with everything that they need at run time.
 * @param {string[]} coordinates group:artifact:version
 * @param {string} target
 * @param {string} scratch
 * @param {AbortSignal} [signal]
 */
export async function fetchLibraries(coordinates, target, scratch, signal) {
  const dependencies = coordinates.map((each) => {
    const [group, artifact, version] = each.split(':');
    return `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`;
  });
  const pom = join(scratch, 'pom.xml');
  writeFileSync(
    pom,
    `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>assay</groupId>
<artifactId>servers</artifactId><version>1</version><packaging>pom</packaging>
<dependencies>${dependencies.join('')}</dependencies></project>`,
  );
  const command = [...MAVEN, '-f', pom, `${PLUGIN}:copy-dependencies`];
  await execute([...command, '-DincludeScope=runtime', `-DoutputDirectory=${target}`], { cwd: scratch, signal });
}
