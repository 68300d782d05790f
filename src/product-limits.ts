/**
 * The limits of product.config.json, as config/product/index.js sets them in a build. The defaults, for code that runs
 * without a build, are those of product.schema.json: test/unit/build/product.test.ts compares them.
 */
export const PRODUCT_LIMITS = {
  /** UTF-16 units of a text; Yunxin's own limit is 5,000. */
  textLength: Number(process.env.PRODUCT_TEXT_LENGTH ?? 5000),
  /** Age of a message that may be recalled, where the remote configuration says nothing. Yunxin's default. */
  recallSeconds: Number(process.env.PRODUCT_RECALL_SECONDS ?? 120),
  /** Time within which a recalled text may be edited and sent again. */
  reEditSeconds: Number(process.env.PRODUCT_RE_EDIT_SECONDS ?? 120),
  /** Length of a voice message. */
  voiceSeconds: Number(process.env.PRODUCT_VOICE_SECONDS ?? 60),
  /** Size of a file that is sent. */
  fileMegabytes: Number(process.env.PRODUCT_FILE_MEGABYTES ?? 100),
} as const;
