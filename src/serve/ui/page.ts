/**
 * Nothing but the page's own files, and pictures that shops serve over https. The script writes text nodes and
 * attributes only, so that no value of a feed is ever read as HTML; trusted types hold it to that.
 */
export const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https:; connect-src 'self'; " +
  "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

export const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Assay</title>
<link rel="stylesheet" href="/ui/style.css">
<script src="/ui/app.js" defer></script>
</head>
<body>
<a class="skip" href="#main">Skip to the results</a>
<header>
  <a class="name" href="/" data-home>Assay</a>
  <form id="form" role="search" action="/" autocomplete="off">
    <label class="hidden" for="q">Search products</label>
    <input id="q" name="q" type="search" placeholder="Product, brand, part number or barcode" spellcheck="false"
      role="combobox" aria-autocomplete="list" aria-expanded="false" aria-controls="suggestions" maxlength="500">
    <ul id="suggestions" role="listbox" aria-label="Suggestions" hidden></ul>
    <button>Search</button>
  </form>
  <nav><a href="/docs">API</a></nav>
</header>
<p id="status" class="hidden" role="status" aria-live="polite"></p>
<div id="layout">
  <aside id="facets" aria-label="Filters"></aside>
  <main id="main" tabindex="-1"></main>
</div>
<noscript><p class="note">This page needs its script; <a href="/docs">the API</a> does not.</p></noscript>
</body>
</html>
`;
