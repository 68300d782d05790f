/** A Taro plugin. */
declare function plugin(ctx: unknown): void;
export default plugin;
