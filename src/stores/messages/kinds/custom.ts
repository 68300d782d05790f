import type { TextKey } from '@/i18n';
import { MessageType } from '@/sdk/constants';
import { fieldsIn } from './fields';
import type { KindSpec, RawMessage } from './kind-spec';
import { mergedIn } from './merged';
import { nameCardIn } from './name-card';

export type CustomFields = Readonly<Record<string, unknown>>;

/** The `type` of a custom message. Yunxin's kits use numbers, other products texts; 101 and "101" are the same. */
export type CustomType = string | number;

/** The JSON of a custom message. */
export interface CustomContent {
  /** A number is given as its digits. */
  readonly type: string;
  readonly fields: CustomFields;
  /** The result of the parser that is registered for the type; null without one, and for wrong fields. */
  readonly value: unknown;
}

/** Reads the fields of a custom type; null when they are not of this type. */
export type CustomParser<T> = (fields: CustomFields) => T | null;

/** The types of this client. */
export const NAME_CARD = 'nameCard';
/** Messages that Yunxin's kits forward together. */
export const MERGED = 101;

const parsers = new Map<string, CustomParser<unknown>>([
  [NAME_CARD, nameCardIn],
  [String(MERGED), mergedIn],
]);

/** The names of types in previews, in place of "custom message". */
const NAMES: Readonly<Record<string, TextKey>> = {
  [NAME_CARD]: 'preview.nameCard',
  [MERGED]: 'preview.merged',
};

/** Products register the parsers of their custom types before the messages are read. */
export function registerCustomParser<T>(type: CustomType, parse: CustomParser<T>): void {
  parsers.set(String(type), parse);
}

/** The content is null when the attachment is not JSON with a `type`. */
export const customKind: KindSpec<CustomContent | null> = {
  messageType: MessageType.CUSTOM,
  parse: ({ attachment }) => {
    const { raw } = fieldsIn(attachment);
    const fields = typeof raw === 'string' ? objectIn(raw) : null;
    if (!fields || !isType(fields.type)) return null;
    const type = String(fields.type);
    return { type, fields, value: valueOf(type, fields) };
  },
  previewKey: 'preview.custom',
};

/** The name of a custom message's type in previews; undefined for a type without a name, and for wrong fields. */
export function customNameOf(message: RawMessage): TextKey | undefined {
  const content = customKind.parse(message);
  return content?.value ? NAMES[content.type] : undefined;
}

/** Whether a value from storage is the name of a type of this version. */
export function isCustomName(value: unknown): value is TextKey {
  return Object.values(NAMES).some((name) => name === value);
}

function isType(value: unknown): value is CustomType {
  return typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value));
}

function objectIn(json: string): CustomFields | null {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? (value as CustomFields) : null;
  } catch {
    return null;
  }
}

/** The parsers are the product's: one that throws must not lose the message. */
function valueOf(type: string, fields: CustomFields): unknown {
  try {
    return parsers.get(type)?.(fields) ?? null;
  } catch {
    return null;
  }
}
