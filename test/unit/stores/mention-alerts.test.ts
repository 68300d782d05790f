import { MentionAlerts } from '@/stores/session/mention-alerts';
import { SettingsStore } from '@/stores/app/settings';
import { fakePlatform } from './fakes/fake-connection';

function alerts({ templateId = 'T', answers = [] as unknown[] } = {}) {
  const settings = new SettingsStore(fakePlatform().platform);
  const asked: string[] = [];
  const reply = (call: string) => {
    asked.push(call);
    return Promise.resolve(answers.shift());
  };
  const server = {
    get: (path: string) => reply(`GET ${path}`),
    post: (path: string) => reply(`POST ${path}`),
  };
  const store = new MentionAlerts(server, { mentionTemplateId: templateId }, settings);
  return { store, settings, asked };
}

describe('MentionAlerts', () => {
  it('counts a consent on the app server, and is wanted from then on', async () => {
    const { store, asked } = alerts({ answers: [{ left: 0 }, { left: 1 }] });
    expect([store.left, store.isWanted]).toEqual([null, false]);
    await store.load();
    expect([store.left, store.isWanted]).toEqual([0, false]);
    await store.add();
    expect([store.left, store.isWanted]).toEqual([1, true]);
    expect(asked).toEqual(['GET /mention-alerts', 'POST /mention-alerts']);
  });

  it('asks on a tap that sends only when wanted, with none left, once for each account', async () => {
    const { store, settings } = alerts({ answers: [{ left: 0 }, { left: 0 }] });
    expect(store.takeTurn()).toBe(false);
    settings.setSwitch('mentionAlerts', true);
    // The number is unknown.
    expect(store.takeTurn()).toBe(false);
    await store.load();
    expect([store.takeTurn(), store.takeTurn()]).toEqual([true, false]);
    store.forget();
    expect(store.left).toBeNull();
    await store.load();
    expect(store.takeTurn()).toBe(true);
    store.refuse();
    store.forget();
    await expect(store.load()).rejects.toThrow();
    expect(store.takeTurn()).toBe(false);
  });

  it('asks never while consents are left or the product has no template', async () => {
    const many = alerts({ answers: [{ left: 2 }] });
    many.settings.setSwitch('mentionAlerts', true);
    await many.store.load();
    expect(many.store.takeTurn()).toBe(false);
    const none = alerts({ templateId: '', answers: [{ left: 0 }] });
    none.settings.setSwitch('mentionAlerts', true);
    await none.store.load();
    expect([none.store.isWanted, none.store.takeTurn()]).toEqual([false, false]);
  });

  it.each([undefined, null, {}, { left: '3' }, { left: -1 }, { left: 1.5 }])(
    'refuses the answer %p of the app server',
    async (answer) => {
      const { store } = alerts({ answers: [answer] });
      await expect(store.load()).rejects.toMatchObject({ code: 600105 });
      expect(store.left).toBeNull();
    },
  );

  it('drops an answer about an account that was left', async () => {
    const { store } = alerts({ answers: [{ left: 5 }] });
    const loading = store.load();
    store.forget();
    await loading;
    expect(store.left).toBeNull();
  });
});
