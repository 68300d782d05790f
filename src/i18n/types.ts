import type { zhCN } from './zh-CN';

export type Language = 'zh-CN' | 'zh-TW' | 'en';

/** The languages that have a catalogue; traditional Chinese is made from the simplified. */
export type Written = Exclude<Language, 'zh-TW'>;

export type TextKey = keyof typeof zhCN;

/** A text, or its forms by number. Chinese needs one form; English needs two. */
export type Entry = string | { readonly one: string; readonly other: string };

export type Catalogue = Readonly<Record<TextKey, Entry>>;

type Placeholder<Template extends string> = Template extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholder<Rest>
  : never;

/** The parameters of a text: the placeholders of its Chinese template. */
export type Params<Key extends TextKey> = Record<Placeholder<(typeof zhCN)[Key]>, string | number>;

/** No argument for a text without placeholders, else an object with all of them. */
export type ParamsArgument<Key extends TextKey> = [Placeholder<(typeof zhCN)[Key]>] extends [never]
  ? []
  : [params: Params<Key>];

export type Translate = <Key extends TextKey>(key: Key, ...params: ParamsArgument<Key>) => string;

/** Renders the texts of a sub-package's catalogue in one language. */
export type Texts<Key extends string> = (
  key: Key,
  params?: Readonly<Record<string, string | number>>,
) => string;
