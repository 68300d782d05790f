import { Reason, Refusal } from '../protocol/reasons';
import type { ImCall, ImHandlers } from './im-command';
import { teamCall, type TeamHandler } from './team-call';
import {
  addManagers,
  ban,
  inviters,
  muteAll,
  removeManagers,
  update,
  updateMember,
  updateSelf,
} from './team-changes';
import {
  acceptApplication,
  acceptInvitation,
  apply,
  create,
  dismiss,
  invite,
  kick,
  leave,
  rejectApplication,
  rejectInvitation,
  transfer,
} from './team-membership';

/** Commands of both kinds: [command of teams, command of super teams, handler]. */
const COMMANDS: readonly [string, string, TeamHandler][] = [
  ['31_5', '32_5', invite],
  ['31_6', '32_6', kick],
  ['31_8', '32_7', leave],
  ['31_12', '32_4', dismiss],
  ['31_13', '32_20', apply],
  ['31_14', '32_21', acceptApplication],
  ['31_15', '32_22', rejectApplication],
  ['31_16', '32_26', addManagers],
  ['31_17', '32_27', removeManagers],
  ['31_18', '32_31', transfer],
  ['31_21', '32_23', acceptInvitation],
  ['31_22', '32_24', rejectInvitation],
  ['31_25', '32_29', ban],
  ['31_32', '32_28', muteAll],
  ['31_33', '32_35', inviters],
];

/** Commands that change teams, super teams and memberships. Super teams are created by the server API alone. */
export const teamCommandHandlers: ImHandlers = {
  ...Object.fromEntries(
    COMMANDS.flatMap(([team, superTeam, handler]) => [
      [team, (call: ImCall) => handler(teamCall(call, 'team'))],
      [superTeam, (call: ImCall) => handler(teamCall(call, 'superTeam'))],
    ]),
  ),
  '31_1': create,
  '32_1': () => {
    throw new Refusal(Reason.forbidden, 'super teams are created by the server');
  },
  '31_7': (call) => update(call, 'team'),
  '32_8': (call) => update(call, 'superTeam'),
  '31_19': (call) => updateSelf(call, 'team'),
  '32_10': (call) => updateSelf(call, 'superTeam'),
  '31_20': (call) => updateMember(call, 'team'),
  '32_30': (call) => updateMember(call, 'superTeam'),
};
