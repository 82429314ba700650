/** The page: one HTML shell, one style sheet, one script, held as text so that the build ships them. */
import { PRODUCT_SCRIPT } from './product-script.js';
import { SEARCH_SCRIPT } from './search-script.js';
import { SHARED_SCRIPT } from './shared-script.js';
import { SUGGEST_SCRIPT } from './suggest-script.js';

export { PAGE, PAGE_POLICY } from './page.js';
export { STYLE } from './style.js';

export const SCRIPT = ["'use strict';", SHARED_SCRIPT, SUGGEST_SCRIPT, SEARCH_SCRIPT, PRODUCT_SCRIPT, 'route();'].join(
  '\n',
);
