import { type PageParams, paramOf } from '@/components/page/page-params';
import type { TeamKey } from '@/stores/teams/team-acts';

/** What the page "edit" changes. */
const EDIT_FIELDS = ['name', 'intro', 'announcement', 'ownNick', 'nick'] as const;
export type EditField = (typeof EDIT_FIELDS)[number];

const query = ({ teamId, teamType }: TeamKey) => `?team=${teamId}&type=${teamType}`;

/** The addresses of the pages that only this package opens. */
export const teamRoutes = {
  members: (key: TeamKey): string => `/packages/team/members/index${query(key)}`,
  /** Chooses the new owner. */
  transfer: (key: TeamKey): string => `${teamRoutes.members(key)}&for=transfer`,
  invite: (key: TeamKey): string => `/packages/team/pick/index${query(key)}`,
  edit: (key: TeamKey, field: EditField, accountId = ''): string =>
    `/packages/team/edit/index${query(key)}&field=${field}&of=${encodeURIComponent(accountId)}`,
  code: (key: TeamKey): string => `/packages/team/code/index${query(key)}`,
  avatar: (key: TeamKey): string => `/packages/team/avatar/index${query(key)}`,
  create: '/packages/team/pick/index',
  apply: '/packages/team/apply/index',
};

/** The team of a page's address. */
export function teamIn(params: PageParams): TeamKey {
  return { teamId: paramOf(params, 'team'), teamType: paramOf(params, 'type') === '2' ? 2 : 1 };
}

/** The field of the page "edit". */
export function fieldIn(params: PageParams): EditField {
  return EDIT_FIELDS.find((field) => field === paramOf(params, 'field')) ?? 'name';
}
