/** Folders of names that are the same in addresses of pages and in paths: no dot, no space, no leading slash. */
const ROOT = /^[A-Za-z0-9_-]+(\/[A-Za-z0-9_-]+)*$/;

/** Where an embedded build lies in the host's mini-program; see place.d.ts. */
function placeOf(root) {
  if (!ROOT.test(root))
    throw new Error(
      `"${root}" is no root of a sub-package: write folders without a slash at the ends, for example packages/im.`,
    );
  const sdkRoot = `${root}-sdk`;
  return { root, sdkRoot, sdkFile: `../${sdkRoot.split('/').pop()}/nim-sdk.js` };
}

module.exports = { placeOf };
