import type { V2NIMTeam } from '@/sdk/types';

/** The longest texts of a team, in characters. */
export const LENGTHS = { name: 64, intro: 512, announcement: 1024, ownNick: 32, nick: 32 } as const;

/** V2NIMTeamJoinMode: nobody can apply. */
export const CLOSED = 2;

/** The extension with which Yunxin's kits mark a discussion group: a team without managers. */
const DISCUSSION = 'im_ui_kit_group';

/** The server extension of a discussion group. */
export const DISCUSSION_EXTENSION = JSON.stringify({ [DISCUSSION]: true });

/** Whether a team is a discussion group of Yunxin's kits. Some kits write the name itself and no JSON. */
export function isDiscussion({
  serverExtension = '',
}: Pick<V2NIMTeam, 'serverExtension'>): boolean {
  return serverExtension.includes(DISCUSSION);
}

/** The name of a team without a name of its own: the names of its first members, at most 30 characters. */
export function defaultName(names: readonly string[], and: string): string {
  const name = names.slice(0, 4).join(and);
  const characters = [...name];
  return characters.length > 30 ? `${characters.slice(0, 29).join('')}…` : name;
}
