import { Reason } from '../../emulator';
import { CHANNEL_LIFE_MS } from '../../emulator/world/signalling';
import type { TestClient } from './support/client';
import { errorOf, until, useStage } from './support/stage';

const CLOSE = 1;
const JOIN = 2;
const INVITE = 3;
const CANCEL = 4;
const REJECT = 5;
const ACCEPT = 6;
const LEAVE = 7;
const CONTROL = 8;

const AUDIO = 1;
const VIDEO = 2;

interface Signal {
  eventType: number;
  operatorAccountId: string;
  requestId?: string;
  serverExtension?: string;
  channelInfo: { channelId: string; channelValid: boolean };
}

const signalOf =
  (type: number) =>
  ({ eventType }: Signal): boolean =>
    eventType === type;

async function heard(client: TestClient, type: number): Promise<Signal> {
  const [event] = await client.waitFor('onOnlineEvent', signalOf(type) as never);
  return event as Signal;
}

/** Lets Ann call Ben. Resolves with the channel when Ben has received the invitation. */
async function ring(ann: TestClient, ben: TestClient, requestId = 'r1') {
  const call = await ann.nim.V2NIMSignallingService.call({
    calleeAccountId: 'ben',
    requestId,
    channelType: VIDEO as never,
    channelName: `name-${requestId}`,
    channelExtension: 'ext',
    serverExtension: 'hello',
    signallingConfig: { selfUid: 7 },
    rtcConfig: { rtcTokenTtl: 60, rtcParams: '{"a":1}' },
  });
  const invitation = await heard(ben, INVITE);
  return { ...call, channelId: call.roomInfo.channelInfo.channelId, invitation };
}

describe('signalling', () => {
  const stage = useStage();
  const channels = () => stage.emulator.world.signalling.channels();
  afterEach(() => {
    expect(stage.emulator.unimplemented).toEqual([]);
  });

  test('a call is created, joined and received in one step, with the data for a media engine', async () => {
    const ann = await stage.online('ann');
    const ben = await stage.online('ben');
    const { roomInfo, rtcInfo, callStatus, invitation } = await ring(ann, ben);
    expect(callStatus).toBe(200);
    expect(rtcInfo).toMatchObject({ rtcTokenTtl: 60, rtcParams: '{"a":1}' });
    expect(rtcInfo?.rtcToken).toMatch(/^rtc-/);
    expect(roomInfo.members).toMatchObject([{ accountId: 'ann', uid: 7 }]);
    expect(roomInfo.channelInfo).toMatchObject({
      channelName: 'name-r1',
      channelType: VIDEO,
      channelExtension: 'ext',
      channelValid: true,
      creatorAccountId: 'ann',
    });
    expect(invitation).toMatchObject({
      operatorAccountId: 'ann',
      inviterAccountId: 'ann',
      inviteeAccountId: 'ben',
      requestId: 'r1',
      serverExtension: 'hello',
      channelInfo: { channelValid: true },
    });
  });

  test('accepting joins and notifies the caller of both; control and closing reach the other side', async () => {
    const ann = await stage.online('ann');
    const ben = await stage.online('ben');
    const { channelId } = await ring(ann, ben);
    const setup = await ben.nim.V2NIMSignallingService.callSetup({
      channelId,
      callerAccountId: 'ann',
      requestId: 'r1',
    });
    expect(setup.roomInfo.members.map(({ accountId }) => accountId)).toEqual(['ann', 'ben']);
    expect(setup.rtcInfo?.rtcToken).toBeTruthy();
    expect(await heard(ann, ACCEPT)).toMatchObject({
      operatorAccountId: 'ben',
      inviterAccountId: 'ann',
      requestId: 'r1',
    });
    expect(await heard(ann, JOIN)).toMatchObject({ member: { accountId: 'ben' } });

    await ben.nim.V2NIMSignallingService.sendControl(channelId, 'ann', 'muted');
    expect(await heard(ann, CONTROL)).toMatchObject({ serverExtension: 'muted' });
    await ann.nim.V2NIMSignallingService.sendControl(channelId, undefined, 'to all');
    expect(await heard(ben, CONTROL)).toMatchObject({ serverExtension: 'to all' });

    await ann.nim.V2NIMSignallingService.closeRoom(channelId, true, 'bye');
    const closed = await heard(ben, CLOSE);
    expect(closed).toMatchObject({ serverExtension: 'bye', channelInfo: { channelValid: false } });
    expect(channels()).toEqual([]);
  });

  test('a rejection reaches the caller with its reason, and my other device', async () => {
    const ann = await stage.online('ann');
    const ben = await stage.online('ben');
    const tablet = await stage.online('ben');
    const { channelId } = await ring(ann, ben);
    await heard(tablet, INVITE);
    const service = ben.nim.V2NIMSignallingService;
    const answer = { channelId, inviterAccountId: 'ann', requestId: 'r1' };
    await service.rejectInvite({ ...answer, serverExtension: 'busy' });
    expect(await heard(ann, REJECT)).toMatchObject({ serverExtension: 'busy' });
    const [event] = await tablet.waitFor('onMultiClientEvent');
    expect(event).toMatchObject({ eventType: REJECT, requestId: 'r1', channelInfo: { channelId } });
    expect((await errorOf(service.acceptInvite(answer))).code).toBe(
      Reason.signallingInviteRejected,
    );
    // Closing the channel is up to the caller.
    expect(channels()).toHaveLength(1);
    await ann.nim.V2NIMSignallingService.leaveRoom(channelId);
    expect(channels()).toMatchObject([{ members: [] }]);
    await ann.nim.V2NIMSignallingService.closeRoom(channelId);
    expect(channels()).toEqual([]);
  });

  test('of two accepting devices the first succeeds; the other is refused with 118302', async () => {
    const ann = await stage.online('ann');
    const ben = await stage.online('ben');
    const tablet = await stage.online('ben');
    const { channelId } = await ring(ann, ben);
    const params = { channelId, callerAccountId: 'ann', requestId: 'r1' };
    const results = await Promise.allSettled([
      ben.nim.V2NIMSignallingService.callSetup(params),
      tablet.nim.V2NIMSignallingService.callSetup(params),
    ]);
    const refused = results.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []));
    expect(refused).toEqual([Reason.signallingInviteAccepted]);
  });

  test('only the first of accepting and cancelling succeeds', async () => {
    const ann = await stage.online('ann');
    const ben = await stage.online('ben');
    const { channelId } = await ring(ann, ben);
    const cancel = { channelId, inviteeAccountId: 'ben', requestId: 'r1' };
    await ann.nim.V2NIMSignallingService.cancelInvite(cancel);
    expect(await heard(ben, CANCEL)).toMatchObject({ requestId: 'r1', operatorAccountId: 'ann' });
    const accept = { channelId, callerAccountId: 'ann', requestId: 'r1' };
    expect((await errorOf(ben.nim.V2NIMSignallingService.callSetup(accept))).code).toBe(
      Reason.signallingInviteNotExist,
    );
    const again = await ring(ann, ben, 'r2');
    const second = { channelId: again.channelId, requestId: 'r2' };
    await ben.nim.V2NIMSignallingService.acceptInvite({ ...second, inviterAccountId: 'ann' });
    await ben.nim.V2NIMSignallingService.joinRoom({ channelId: again.channelId });
    expect(
      (
        await errorOf(
          ann.nim.V2NIMSignallingService.cancelInvite({ ...second, inviteeAccountId: 'ben' }),
        )
      ).code,
    ).toBe(Reason.signallingInviteAccepted);
    await ben.nim.V2NIMSignallingService.leaveRoom(again.channelId);
    expect(await heard(ann, LEAVE)).toMatchObject({ operatorAccountId: 'ben' });
  });

  test('channels are refused with the codes of the SDK', async () => {
    const ann = await stage.online('ann');
    const ben = await stage.online('ben');
    const tablet = await stage.online('ann');
    const { V2NIMSignallingService: service } = ann.nim;
    const { channelId } = await service.createRoom(AUDIO as never, 'one', 'ext');
    const code = async (promise: Promise<unknown>) => (await errorOf(promise)).code;
    expect(await code(service.createRoom(AUDIO as never, 'one'))).toBe(Reason.signallingRoomExists);
    expect(await code(service.joinRoom({ channelId: 'none' }))).toBe(Reason.signallingRoomNotExist);
    await service.joinRoom({ channelId, signallingConfig: { selfUid: 7 } });
    expect(await code(service.joinRoom({ channelId }))).toBe(Reason.signallingMemberExists);
    expect(await code(tablet.nim.V2NIMSignallingService.joinRoom({ channelId }))).toBe(
      Reason.signallingMemberOnOtherDevice,
    );
    const bens = ben.nim.V2NIMSignallingService;
    expect(await code(bens.joinRoom({ channelId, signallingConfig: { selfUid: 7 } }))).toBe(
      Reason.signallingUidNotUnique,
    );
    expect(await code(bens.leaveRoom(channelId))).toBe(Reason.signallingMemberNotExist);
    expect(await code(bens.closeRoom(channelId))).toBe(Reason.signallingMemberNotExist);
    expect(await code(bens.sendControl(channelId))).toBe(Reason.signallingMemberNotExist);
    const cid = { channelId, inviteeAccountId: 'cid', requestId: 'r' };
    expect(await code(bens.invite(cid))).toBe(Reason.signallingMemberNotExist);
    // The account has no online client; the invitation is valid all the same.
    expect(await code(service.invite(cid))).toBe(Reason.signallingOffline);
    expect(stage.emulator.world.signalling.keptEvents('cid')).toHaveLength(1);
    expect(await service.getRoomInfoByChannelName('one')).toMatchObject({
      channelInfo: { channelId, channelExtension: 'ext' },
      members: [{ accountId: 'ann', uid: 7 }],
    });
    await service.closeRoom(channelId);
    expect(await code(service.getRoomInfoByChannelName('one'))).toBe(Reason.signallingRoomNotExist);
  });

  test('an offline account gets the invitation once, with the state of its channel', async () => {
    const ann = await stage.online('ann');
    const call = (requestId: string) =>
      ann.nim.V2NIMSignallingService.call({
        calleeAccountId: 'ben',
        requestId,
        channelType: AUDIO as never,
      });
    const first = await call('r1');
    expect(first.callStatus).toBe(Reason.signallingOffline);
    const second = await call('r2');
    const { channelId } = first.roomInfo.channelInfo;
    const cancel = { channelId, inviteeAccountId: 'ben', requestId: 'r1' };
    await ann.nim.V2NIMSignallingService.cancelInvite(cancel);
    await ann.nim.V2NIMSignallingService.closeRoom(channelId);

    const ben = await stage.online('ben');
    const [events] = (await ben.waitFor('onOfflineEvent')) as [Signal[]];
    expect(
      events.map((event) => [event.eventType, event.requestId, event.channelInfo.channelValid]),
    ).toEqual([
      [INVITE, 'r1', false],
      [INVITE, 'r2', true],
      [CANCEL, 'r1', false],
    ]);
    await until(
      () => stage.emulator.world.signalling.keptEvents('ben').length === 0,
      'acknowledged events',
    );
    await ben.dispose();
    const again = await stage.online('ben');
    expect(again.events.filter(({ event }) => event === 'onOfflineEvent')).toEqual([]);
    expect(channels().map((one) => one.channelId)).toEqual([second.roomInfo.channelInfo.channelId]);
  });

  test('an online event is acknowledged; an event for a dead link comes at the next sign-in', async () => {
    const ann = await stage.online('ann');
    const ben = await stage.online('ben');
    await ring(ann, ben);
    await until(
      () => stage.emulator.world.signalling.keptEvents('ben').length === 0,
      'the acknowledgement',
    );
    stage.emulator.faults.halfOpen({ accountId: 'ben' });
    await ann.nim.V2NIMSignallingService.call({
      calleeAccountId: 'ben',
      requestId: 'r2',
      channelType: AUDIO as never,
    });
    const seen = ben.events.length;
    stage.emulator.faults.cut({ accountId: 'ben' });
    const [events] = await ben.waitFor('onOfflineEvent', () => true, seen);
    expect(events).toMatchObject([{ eventType: INVITE, requestId: 'r2' }]);
  });

  test('after a reconnect the SDK names the channels I have not left', async () => {
    const ann = await stage.online('ann');
    const ben = await stage.online('ben');
    const { channelId } = await ring(ann, ben);
    stage.emulator.faults.cut({ accountId: 'ann' });
    const [rooms] = await ann.waitFor('onSyncRoomInfoList');
    expect(rooms).toMatchObject([
      { channelInfo: { channelId, channelValid: true }, members: [{ accountId: 'ann', uid: 7 }] },
    ]);
  });

  test('a channel ends two hours after its last extension', async () => {
    let now = Date.now();
    await stage.start({ now: () => now });
    const ann = await stage.online('ann');
    const ben = await stage.online('ben');
    const { channelId } = await ring(ann, ben);
    now += CHANNEL_LIFE_MS - 1;
    // Not in the typings: the SDK extends the channel every two minutes.
    const service = ann.nim.V2NIMSignallingService as unknown as {
      delayRoom(id: string): Promise<{ channelInfo: { expireTime: number } }>;
    };
    const { channelInfo } = await service.delayRoom(channelId);
    expect(channelInfo.expireTime).toBe(now + CHANNEL_LIFE_MS);
    now += CHANNEL_LIFE_MS;
    expect(channels()).toEqual([]);
    expect((await errorOf(service.delayRoom(channelId))).code).toBe(Reason.signallingRoomNotExist);
  });
});
