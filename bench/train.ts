import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Model } from '../src/dedup/index.js';
import { type Examples, trainForest } from '../src/dedup/training/index.js';
import { joined, partsOf } from './train/examples.js';
import { BOOSTING, blankModel } from './train/recipe.js';
import { dataFolder, projectRoot, TRAINING_SETS } from './train/sets.js';

const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

function round(value: number): number {
  return Number(value.toPrecision(5));
}

function trainModel(name: string, description: string, parts: readonly { name: string; examples: Examples }[]): Model {
  const blank = blankModel(name, description);
  const forest = trainForest(joined(parts.map((part) => part.examples)), BOOSTING);
  return {
    ...blank,
    trainedOn: parts.map((part) => ({
      name: part.name,
      pairs: part.examples.labels.length,
      positives: part.examples.labels.reduce((sum, label) => sum + label, 0),
    })),
    forest: { ...forest, bias: round(forest.bias), value: forest.value.map(round) },
  };
}

const data = dataFolder();
if (!existsSync(data)) {
  console.log(`train: the data sets are not at ${data}; set ASSAY_DATA to their folder.`);
  process.exitCode = 1;
} else {
  const started = cpu();
  const blank = blankModel('blank', '');
  const parts = TRAINING_SETS.map(({ name, load }) => {
    const before = cpu();
    const set = load(data);
    const examples = joined(partsOf(set, blank).map((part) => part.examples));
    const positives = examples.labels.reduce((sum, label) => sum + label, 0);
    console.log(
      `${name.padEnd(22)} ${String(set.records.length).padStart(7)} records ${String(examples.labels.length).padStart(7)} pairs ${String(positives).padStart(7)} positive  ${(cpu() - before).toFixed(1)} CPU s`,
    );
    return { name, examples };
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
      parts.filter((part) => part.name !== leftOut),
    );
    writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(model)}\n`);
    console.log(`${name}: ${model.forest.roots.length} trees, ${(cpu() - started).toFixed(1)} CPU s so far`);
  }
}
