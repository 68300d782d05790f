import { startEmulator } from '../../emulator';
import { bareRoomActor } from '../bench/chatroom-actors';

describe('the chatroom link', () => {
  it('lets the unmodified chatroom SDK enter a room and leave it', async () => {
    const emulator = await startEmulator({ port: 0, world: 'empty' });
    emulator.world.addAccount({ accountId: 'u1', token: 'token-u1' });
    emulator.world.addRoom({ roomId: '9000' });
    const actor = bareRoomActor({ emulator, closeMs: 0 });
    await actor.switchTo('9000');
    expect(actor.room()).toBe('9000');
    await actor.dispose();
    expect(emulator.unimplemented).toEqual([]);
    await emulator.close();
  });

  it('refuses a room that does not exist with 113404', async () => {
    const emulator = await startEmulator({ port: 0, world: 'empty' });
    const actor = bareRoomActor({ emulator, closeMs: 0 });
    await expect(actor.switchTo('404')).rejects.toMatchObject({ code: 113404 });
    await actor.dispose();
    await emulator.close();
  });
});
