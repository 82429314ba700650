export { type Alternative, type Clause, type Clauses, clausesOf, MOST_WORDS } from './clauses.js';
export { codeLexeme } from './codes.js';
export { correct, mostEdits, type Term, type Vocabulary } from './correct.js';
export { editDistance } from './distance.js';
export { type DocumentText, documentText } from './document.js';
export { escapeHtml, highlight } from './highlight.js';
export { parseSynonyms, type Synonyms, type SynonymTable, synonymsOf } from './synonyms.js';
export { lexemesOf, type Token, tokenise } from './tokens.js';
