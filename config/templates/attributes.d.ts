/** Names of attributes and events in Taro's table, by element. */
declare const attributes: Readonly<Record<string, readonly string[]>>;
export = attributes;
