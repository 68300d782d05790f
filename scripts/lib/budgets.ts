/** Budgets of this project in bytes, below WeChat's limits; raising a budget is a decision, not a fix. */
export const MAIN_BUDGET = 640_000;
/** The largest is packages/chatroom: 305 KB of SDK, and its own copy of the list, bodies, panels and emoji. */
export const SUB_PACKAGE_BUDGET = 640_000;

/** WeChat's limits in bytes: for each package, and for all together (2 MB and 30 MB by its documents). */
export const WECHAT_PACKAGE_LIMIT = 2 * 1024 * 1024;
export const WECHAT_TOTAL_LIMIT = 30 * 1024 * 1024;
