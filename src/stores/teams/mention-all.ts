import { extensionIn } from '../messages/kinds/fields';

/** The field of Yunxin's kits in a team's server extension, and its value where only owner and managers may. */
const FIELD = 'yxAllowAt';
const MANAGERS = 'manager';
const EVERYBODY = 'all';

/** Whether only the owner and managers of a team may mention all members. */
export function isMentionAllForManagers(serverExtension: string | undefined): boolean {
  return extensionIn(serverExtension)[FIELD] === MANAGERS;
}

/** The server extension with this setting and all of its other fields; null for a text that is not a JSON object. */
export function withMentionAll(
  serverExtension: string | undefined,
  forManagers: boolean,
): string | null {
  const fields = extensionIn(serverExtension);
  const isEmpty = /^\s*(\{\s*\})?\s*$/.test(serverExtension ?? '');
  const isReadable = isEmpty || (Object.keys(fields).length > 0 && !Array.isArray(fields));
  return isReadable
    ? JSON.stringify({ ...fields, [FIELD]: forManagers ? MANAGERS : EVERYBODY })
    : null;
}
