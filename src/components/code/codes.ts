/** A team, as the acts of teams take it. */
interface CodedTeam {
  readonly teamId: string;
  /** V2NIMTeamType: 1 team, 2 super team. */
  readonly teamType: number;
}

/** What a QR code of the app names. */
export type Coded =
  | { readonly kind: 'team'; readonly team: CodedTeam }
  | { readonly kind: 'person'; readonly accountId: string };

/**
 * docs/people.md, "QR codes": readers leave out what follows `?`, so later versions can add fields there. An account is
 * written with `encodeURIComponent`, so it has no `?` of its own.
 */
const TEAM = /^yunxin:team\/([12])\/(\d{1,20})(\?.*)?$/s;
const PERSON = /^yunxin:person\/([^/?\s]{1,288})(\?.*)?$/s;

/** The text of a team's QR code. */
export function codeOfTeam({ teamId, teamType }: CodedTeam): string {
  return `yunxin:team/${teamType}/${teamId}`;
}

/** The text of a person's QR code. */
export function codeOfPerson(accountId: string): string {
  return `yunxin:person/${encodeURIComponent(accountId)}`;
}

/** What a scanned text names; null for the code of anything else. */
export function readCode(text: string): Coded | null {
  const code = text.trim();
  const [, type, teamId] = TEAM.exec(code) ?? [];
  if (teamId !== undefined) return { kind: 'team', team: { teamId, teamType: Number(type) } };
  const [, account] = PERSON.exec(code) ?? [];
  if (account === undefined) return null;
  try {
    return { kind: 'person', accountId: decodeURIComponent(account) };
  } catch {
    // A `%` that begins no byte.
    return null;
  }
}
