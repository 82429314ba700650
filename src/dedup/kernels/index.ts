/**
 * String measures for the hot loop: no allocation a pair. The forms that end in `Codes` compare slices of encoded text,
 * so that a corpus is encoded once. Not re-entrant, which single-threaded code cannot notice.
 */
export { longestCommonSubstring, longestCommonSubstringCodes } from './common-substring.js';
export { jaroCodes, jaroWinkler, jaroWinklerCodes } from './jaro-winkler.js';
export {
  levenshtein,
  levenshteinCodes,
  levenshteinCodesWithin,
  levenshteinSimilarity,
  levenshteinSimilarityCodes,
  levenshteinWithin,
} from './levenshtein.js';
