/** Bytes. What this project allows itself, below what WeChat allows; raising one is a decision, not a fix. */
export const MAIN_BUDGET = 1_150_000;
export const SUB_PACKAGE_BUDGET = 500_000;

/** WeChat's limits in bytes: each package, and all of them together (docs: 2 MB and 30 MB). */
export const WECHAT_PACKAGE_LIMIT = 2 * 1024 * 1024;
export const WECHAT_TOTAL_LIMIT = 30 * 1024 * 1024;
