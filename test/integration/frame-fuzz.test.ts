import { seededRandom } from '../../emulator/faults/random';
import { FrameFuzz } from '../chaos/frame-fuzz';
import { type Client, textsOf, useWorld, waitFor } from '../harness';

const world = useWorld();
const RUNS = Number(process.env.CHAOS_RUNS ?? 3);
const FROM = Number(process.env.CHAOS_FROM ?? 1);
const ONE = process.env.CHAOS_SEED;
const SEEDS = ONE ? [Number(ONE)] : Array.from({ length: RUNS }, (_, index) => FROM + index);
const TEAM = '7001';
const ME = { way: 'static', accountId: 'anna', token: 'token-anna' } as const;

/** Another account does everything that reaches the phone as a push. */
async function disturb(phone: Client): Promise<void> {
  const { emulator } = world;
  const ben = await world.bare('ben');
  const {
    V2NIMMessageCreator: creator,
    V2NIMMessageService: messages,
    V2NIMTeamService: teams,
    V2NIMNotificationService: notifications,
  } = ben.nim;
  for (let round = 0; round < 6; round++) {
    const text = creator.createTextMessage(`text ${round}`);
    const { message } = await messages.sendMessage(text, 'ben|1|anna');
    await messages.sendMessage(creator.createCustomMessage('c', '{"type":101}'), `ben|2|${TEAM}`);
    await messages.sendMessage(creator.createTextMessage(`team ${round}`), `ben|2|${TEAM}`);
    await messages.addQuickComment(message, 1);
    await messages.pinMessage(message);
    await notifications.sendCustomNotification('ben|1|anna', '{"text":"notice"}');
    await teams.updateTeamInfo(TEAM, 1, { name: `Team ${round}` });
    if (round === 2) await messages.revokeMessage(message);
    emulator.world.broadcast('broadcast');
    // A changed frame may have ended the login.
    phone.root.account?.messages.chat('anna|1|ben')?.sendText(`own ${round}`);
    if (round === 4) emulator.faults.cut({ accountId: 'anna' });
  }
}

/** The link is the server's again: the phone syncs, or signs in again when a changed frame has ended its login. */
async function recover(phone: Client): Promise<void> {
  if (phone.root.session.status !== 'signedIn') return await phone.signIn(ME);
  world.emulator.faults.cut({ accountId: 'anna' });
  const { connection } = phone.root;
  await waitFor(() => !connection.isOnline, { what: 'the cut' });
  await waitFor(() => connection.isOnline, { what: 'the link' });
}

test.each(SEEDS)('frames that a server changes at random stop nothing, seed %i', async (seed) => {
  const { emulator } = world;
  emulator.world.relations.befriend('anna', 'ben');
  emulator.world.teams.createTeam({ teamId: TEAM, name: 'Team', owner: 'ben', members: ['anna'] });
  const fuzz = new FrameFuzz(seededRandom(seed));
  const phone = world.client(`phone of seed ${seed}`, { alterFrame: fuzz.alter });
  await phone.signIn(ME);
  const first = await phone.chatWith('ben');
  fuzz.share = 0.4;
  await disturb(phone);
  fuzz.share = 0;
  expect(fuzz.changed).toBeGreaterThan(0);
  await recover(phone);
  const { account } = phone;
  const chat = account.messages.chat('anna|1|ben') ?? (await phone.chatWith('ben'));
  const ben = await world.bare('ben');
  await ben.send('anna', 'the last');
  const what = `the last text, seed ${seed}, changed frames:\n${fuzz.last.join('\n')}`;
  await waitFor(() => textsOf(chat).includes('the last'), { what });
  expect([seed, phone.core.gate.counts().live, phone.wx.errors]).toEqual([seed, 1, []]);
  first.close({});
});
