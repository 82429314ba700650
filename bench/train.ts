import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Model } from '../src/dedup/index.js';
import { type Examples, trainForest } from '../src/dedup/training/index.js';
import { joined, type Part, partsOf } from './train/examples.js';
import { exactShares, secondModel } from './train/finish.js';
import { BOOSTING, blankModel } from './train/recipe.js';
import { dataFolder, projectRoot, TRAINING_SETS } from './train/sets.js';

const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

interface TrainingSet {
  name: string;
  share: number;
  parts: Part[];
  examples: Examples;
}

function round(value: number): number {
  return Number(value.toPrecision(5));
}

function trainModel(name: string, description: string, sets: readonly TrainingSet[]): Model {
  const blank = blankModel(name, description);
  const forest = trainForest(
    joined(
      sets.map((set) => set.examples),
      sets.map((set) => set.share),
    ),
    BOOSTING,
  );
  const model: Model = {
    ...blank,
    trainedOn: sets.map((part) => ({
      name: part.name,
      pairs: part.examples.labels.length,
      positives: part.examples.labels.reduce((sum, label) => sum + label, 0),
    })),
    forest: { ...forest, bias: round(forest.bias), value: forest.value.map(round) },
    exact: { ...blank.exact, ...exactShares(sets.map((set) => set.parts)) },
  };
  const second = secondModel(
    model,
    sets.map((set) => set.parts),
  );
  return {
    ...model,
    embedding: { ...model.embedding, second: { bias: round(second.bias), weights: second.weights.map(round) } },
  };
}

const data = dataFolder();
if (!existsSync(data)) {
  console.log(`train: the data sets are not at ${data}; set ASSAY_DATA to their folder.`);
  process.exitCode = 1;
} else {
  const started = cpu();
  const blank = blankModel('blank', '');
  const sets = TRAINING_SETS.map(({ name, share, load }) => {
    const before = cpu();
    const set = load(data);
    const parts = partsOf(set, blank);
    const examples = joined(parts.map((part) => part.examples));
    const positives = examples.labels.reduce((sum, label) => sum + label, 0);
    console.log(
      `${name.padEnd(22)} ${String(set.records.length).padStart(7)} records ${String(examples.labels.length).padStart(7)} pairs ${String(positives).padStart(7)} positive  ${(cpu() - before).toFixed(1)} CPU s`,
    );
    return { name, share, parts, examples };
  });
  const folder = join(projectRoot(), 'config', 'models');
  mkdirSync(folder, { recursive: true });
  for (const leftOut of [undefined, 'abt-buy', 'amazon-google']) {
    const name = leftOut === undefined ? 'general' : `general.leave-out-${leftOut}`;
    const model = trainModel(
      name,
      leftOut === undefined
        ? 'The shipped model for products of any kind.'
        : `The shipped recipe without ${leftOut}, to measure on it.`,
      sets.filter((set) => set.name !== leftOut),
    );
    writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(model)}\n`);
    console.log(
      `${name}: ${model.forest.roots.length} trees, exact ${JSON.stringify(model.exact)}, second ${JSON.stringify(model.embedding.second)}, ${(cpu() - started).toFixed(1)} CPU s so far`,
    );
  }
}
