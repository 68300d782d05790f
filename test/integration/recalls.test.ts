import type { Chat } from '@/stores';
import { type Client, rowsOf, textsOf, useWorld, waitFor } from '../harness';

const world = useWorld();
const KINDS = ['team', 'superTeam'] as const;
const TYPES = { team: 2, superTeam: 3 } as const;
const MANAGER = 2;

interface Side {
  client: Client;
  chat: Chat;
}

async function side(accountId: string, conversationId: string): Promise<Side> {
  const client = await world.online(accountId);
  const chat = client.account.messages.open(conversationId);
  await waitFor(() => chat.ready, { what: `${accountId}'s first page` });
  return { client, chat };
}

async function rowOf({ chat }: Side, text: string) {
  await waitFor(() => textsOf(chat).includes(text), { what: text });
  const row = rowsOf(chat).find((one) => one.text === text);
  if (!row) throw new Error('unreachable');
  return row;
}

const recallers = ({ chat }: Side) => rowsOf(chat).map(({ recalledBy }) => recalledBy);
const preview = ({ client, chat }: Side) =>
  client.account.conversations.get(chat.conversationId)?.preview;

describe.each(KINDS)('in a team of the kind %s', (kind) => {
  async function team() {
    const { teamId } = world.emulator.teams.create({
      kind,
      name: 'T',
      owner: 'chen',
      members: ['anna', 'ben'],
    });
    const member = world.emulator.world.teams.member(teamId, 'anna');
    if (member) member.role = MANAGER;
    const of = (accountId: string) => side(accountId, `${accountId}|${TYPES[kind]}|${teamId}`);
    const sides = { anna: await of('anna'), tablet: await of('anna'), ben: await of('ben') };
    const send = (text: string, from = 'ben') =>
      world.emulator.world.sendMessage({ type: kind, from, to: teamId, text });
    return { ...sides, teamId, send };
  }

  test('a manager recalls the message of a member on every client, and is named', async () => {
    const { anna, tablet, ben, send } = await team();
    const { account } = anna.client;
    await waitFor(() => account.manages(anna.chat.conversationId), { what: 'the role' });
    send('rude');
    for (const one of [tablet, ben]) await rowOf(one, 'rude');
    await anna.chat.recall(await rowOf(anna, 'rude'));
    for (const one of [anna, tablet, ben]) {
      await waitFor(() => recallers(one).includes('anna'), { what: 'the notice' });
      expect(rowsOf(one.chat).map(({ senderId, text }) => [senderId, text])).toEqual([['ben', '']]);
      expect(preview(one)).toMatchObject({ recalledBy: 'anna', senderId: 'ben', text: '' });
    }
    expect(rowsOf(ben.chat)[0]).toMatchObject({ mine: true });
  });

  test('a member does not manage the team, and the server refuses the recall', async () => {
    const { ben, send } = await team();
    send('from the owner', 'chen');
    const row = await rowOf(ben, 'from the owner');
    expect(ben.client.account.manages(ben.chat.conversationId)).toBe(false);
    await expect(ben.chat.recall(row)).rejects.toMatchObject({ code: 107303 });
    expect(row.recalled).toBe(false);
  });

  test('a manager whose role ends cannot recall any more, and is not offered it', async () => {
    const { anna, teamId, send } = await team();
    const { account } = anna.client;
    const { conversationId } = anna.chat;
    await waitFor(() => account.manages(conversationId), { what: 'the role' });
    send('late');
    const row = await rowOf(anna, 'late');
    const owner = await world.bare('chen');
    const type = TYPES[kind] - 1;
    await owner.nim.V2NIMTeamService.updateTeamMemberRole(teamId, type, ['anna'], 0);
    await waitFor(() => !account.manages(conversationId), { what: 'the end of the role' });
    await expect(anna.chat.recall(row)).rejects.toMatchObject({ code: 107303 });
  });
});

test('a recall by the server alone is told apart, and the sender keeps the message', async () => {
  const anna = await side('anna', 'anna|1|ben');
  const tablet = await side('anna', 'anna|1|ben');
  const ben = await side('ben', 'ben|1|anna');
  const message = world.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: 'rude' });
  for (const one of [anna, tablet, ben]) await rowOf(one, 'rude');
  world.emulator.world.recall(message, { operatorId: 'ben', oneWay: true });
  for (const one of [anna, tablet]) {
    await waitFor(() => recallers(one).join() === '', { what: 'the notice' });
    await waitFor(() => rowsOf(one.chat)[0]?.recalled, { what: 'the notice' });
    expect(preview(one)).toMatchObject({ recalledBy: '', senderId: 'ben', text: '' });
  }
  const later = await side('ben', 'ben|1|anna');
  for (const one of [ben, later]) {
    expect(textsOf(one.chat)).toEqual(['rude']);
    expect(recallers(one)).toEqual([null]);
  }
});
