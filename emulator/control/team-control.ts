import type { FastifyInstance } from 'fastify';
import type { Emulator } from '../emulator';
import type { TeamChange, RawNotice, TeamOperator } from '../world/team-admin';
import type { NewTeam } from '../world/teams';

interface WithTeam {
  Params: { teamId: string };
}

interface OfMembers extends TeamOperator {
  ids: string[];
}

interface OfMember extends TeamOperator {
  accountId: string;
}

/** The team part of the control API: `emulator.teams` over HTTP. */
export function registerTeamControl(app: FastifyInstance, { teams, world }: Emulator): void {
  app.get('/teams', async () => Object.values(world.state.teams));
  app.post<{ Body: NewTeam }>('/teams', async ({ body }) => teams.create(body));
  for (const action of ['invite', 'kick'] as const) {
    app.post<WithTeam & { Body: OfMembers }>(
      `/teams/:teamId/${action}`,
      async ({ params, body: { ids, ...by } }) => teams[action](params.teamId, ids, by),
    );
  }
  for (const [path, action] of [
    ['add-managers', 'addManagers'],
    ['remove-managers', 'removeManagers'],
  ] as const) {
    app.post<WithTeam & { Body: OfMembers }>(
      `/teams/:teamId/${path}`,
      async ({ params, body: { ids, ...by } }) => teams[action](params.teamId, ids, by),
    );
  }
  app.post<WithTeam & { Body: OfMember }>('/teams/:teamId/leave', async ({ params, body }) =>
    teams.leave(params.teamId, body.accountId),
  );
  app.post<WithTeam & { Body: OfMember }>(
    '/teams/:teamId/pass-application',
    async ({ params, body: { accountId, ...by } }) =>
      teams.passApplication(params.teamId, accountId, by),
  );
  app.post<WithTeam & { Body: OfMember & { inviterId?: string } }>(
    '/teams/:teamId/accept-invitation',
    async ({ params, body }) =>
      teams.acceptInvitation(params.teamId, body.accountId, body.inviterId),
  );
  app.post<WithTeam & { Body: OfMember & { leave?: boolean } }>(
    '/teams/:teamId/transfer-owner',
    async ({ params, body: { accountId, ...how } }) =>
      teams.transferOwner(params.teamId, accountId, how),
  );
  app.post<WithTeam & { Body: OfMember & { banned?: boolean } }>(
    '/teams/:teamId/ban',
    async ({ params, body: { accountId, banned, ...by } }) =>
      teams.ban(params.teamId, accountId, banned, by),
  );
  app.put<WithTeam & { Body: TeamOperator & { change: TeamChange } }>(
    '/teams/:teamId',
    async ({ params, body: { change, ...by } }) => teams.update(params.teamId, change, by),
  );
  app.delete<WithTeam & { Body: TeamOperator | undefined }>(
    '/teams/:teamId',
    async ({ params, body }) => teams.dismiss(params.teamId, body),
  );
  app.post<WithTeam & { Body: RawNotice & { id: number } }>(
    '/teams/:teamId/notices',
    async ({ params, body: { id, ...notice } }) => teams.writeNotice(params.teamId, id, notice),
  );
  app.post<WithTeam & { Body: { targetId: string } }>(
    '/teams/:teamId/notices/each',
    async ({ params, body }) => teams.writeEachNotice(params.teamId, body.targetId),
  );
}
