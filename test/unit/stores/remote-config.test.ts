import { RemoteConfigStore } from '@/stores';

const DEFAULTS = {
  minVersion: '',
  chatroomEnabled: true,
  meetingEnabled: true,
  notice: '',
  recallLimitMs: 120_000,
  reportEnabled: false,
  mentionTemplateId: '',
  customerServiceEnabled: false,
};

async function configAfter(answer: () => Promise<unknown>) {
  const asked: string[] = [];
  const store = new RemoteConfigStore({
    get: (path) => {
      asked.push(path);
      return answer();
    },
  });
  const before = fieldsOf(store);
  await store.load();
  return { store, asked, before, after: fieldsOf(store) };
}

const fieldsOf = (store: RemoteConfigStore) => ({
  minVersion: store.minVersion,
  chatroomEnabled: store.chatroomEnabled,
  meetingEnabled: store.meetingEnabled,
  notice: store.notice,
  recallLimitMs: store.recallLimitMs,
  reportEnabled: store.reportEnabled,
  mentionTemplateId: store.mentionTemplateId,
  customerServiceEnabled: store.customerServiceEnabled,
});

describe('the remote configuration', () => {
  it('has defaults until the app server answers, then the answer', async () => {
    const said = {
      minVersion: '1.2',
      chatroomEnabled: false,
      meetingEnabled: false,
      notice: 'Hi',
      reportEnabled: true,
      mentionTemplateId: 'T1',
      customerServiceEnabled: true,
    };
    const { asked, before, after } = await configAfter(() => Promise.resolve(said));
    expect(asked).toEqual(['/config']);
    expect(before).toEqual(DEFAULTS);
    expect(after).toEqual({ ...DEFAULTS, ...said });
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a page', '<html></html>'],
    ['a list', [1, 2]],
    ['an empty object', {}],
    ['unknown fields', { theme: 'dark', chatroom: false }],
    [
      'fields of another type',
      {
        minVersion: 2,
        chatroomEnabled: 'no',
        meetingEnabled: 0,
        notice: { text: 'x' },
        mentionTemplateId: 7,
        customerServiceEnabled: 'yes',
      },
    ],
    ['a limit of no time', { recallLimitSeconds: 0 }],
    ['a limit that is a text', { recallLimitSeconds: '600' }],
    ['a version that is not a version number', { minVersion: 'latest' }],
    ['a version with four parts', { minVersion: '1.2.3.4' }],
  ])('keeps its defaults when the answer is %s', async (_what, answer) => {
    expect((await configAfter(() => Promise.resolve(answer))).after).toEqual(DEFAULTS);
  });

  it('keeps its defaults without an answer, and shows no error', async () => {
    const { after } = await configAfter(() => Promise.reject(new Error('404')));
    expect(after).toEqual(DEFAULTS);
  });

  it('has the time limit for recalls in milliseconds', async () => {
    const { after } = await configAfter(() => Promise.resolve({ recallLimitSeconds: 600 }));
    expect(after).toEqual({ ...DEFAULTS, recallLimitMs: 600_000 });
  });

  it('offers reports only when the app server says that it takes them', async () => {
    const reports = async (answer: unknown) =>
      (await configAfter(() => Promise.resolve(answer))).after.reportEnabled;
    expect(await reports({ reportEnabled: true })).toBe(true);
    expect(await reports({ reportEnabled: 'yes' })).toBe(false);
    expect(await reports({})).toBe(false);
  });

  it('accepts the valid fields and ignores the invalid fields', async () => {
    const answer = { minVersion: [], meetingEnabled: false, notice: ` ${'long'.repeat(100)} ` };
    const { after } = await configAfter(() => Promise.resolve(answer));
    expect(after).toEqual({ ...DEFAULTS, meetingEnabled: false, notice: 'long'.repeat(50) });
  });

  it('shows a notice until the user closes it, and shows a new notice again', async () => {
    let notice = 'Maintenance at nine';
    const { store } = await configAfter(() => Promise.resolve({ notice }));
    store.dismissNotice();
    expect(store.notice).toBe('');
    await store.load();
    expect(store.notice).toBe('');
    notice = 'Done';
    await store.load();
    expect(store.notice).toBe('Done');
  });
});
