/**
 * The SDK's sub-package has a page because miniprogram-ci (2.1.42) does not find a sub-package without pages: it
 * refuses the upload for the preload rule. No link leads here.
 */
export default function Empty() {
  return null;
}
