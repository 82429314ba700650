export * from './infer/index.js';
export * from './normalisers/index.js';
