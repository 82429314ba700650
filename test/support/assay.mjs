// The built command line without the set-up check of bin/assay: the tests have built already.
const { main } = await import(new URL('../../dist/src/cli/main.js', import.meta.url).href);
process.exitCode = await main(process.argv.slice(2));
