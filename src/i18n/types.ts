import type { zhCN } from './zh-CN';

export type Language = 'zh-CN' | 'en';

export type TextKey = keyof typeof zhCN;

/** A text, or its forms by number. Chinese needs one form; English has two. */
export type Entry = string | { readonly one: string; readonly other: string };

export type Catalogue = Readonly<Record<TextKey, Entry>>;

type Placeholder<Template extends string> = Template extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholder<Rest>
  : never;

/** What a text has to be given: the placeholders of its Chinese template. */
export type Params<Key extends TextKey> = Record<Placeholder<(typeof zhCN)[Key]>, string | number>;

/** No second argument for a text without placeholders, all of them for one with. */
export type ParamsArgument<Key extends TextKey> = [Placeholder<(typeof zhCN)[Key]>] extends [never]
  ? []
  : [params: Params<Key>];

export type Translate = <Key extends TextKey>(key: Key, ...params: ParamsArgument<Key>) => string;
