import type { TeamKey } from '@/stores/teams/team-acts';

/** docs/teams.md, "The code of a team": readers leave out what follows `?`, so later versions can add fields there. */
const CODE = /^yunxin:team\/([12])\/(\d{1,20})(\?.*)?$/s;

/** The text of a team's QR code. */
export function joinCodeOf({ teamId, teamType }: TeamKey): string {
  return `yunxin:team/${teamType}/${teamId}`;
}

/** The team of a scanned text; null for any other code. */
export function teamInCode(text: string): TeamKey | null {
  const [, type, teamId] = CODE.exec(text.trim()) ?? [];
  return teamId === undefined ? null : { teamId, teamType: Number(type) };
}
