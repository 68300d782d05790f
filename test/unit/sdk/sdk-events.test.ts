import { keepTimersClearable } from '@/sdk/clearable-timers';
import { DataSyncState, DataSyncType, MessageSendingState } from '@/sdk/constants';
import { isDomainRefusal } from '@/sdk/domain-refusal';
import { KitListeners } from '@/sdk/kit-listeners';
import { describeLbs } from '@/sdk/lbs-guard';
import { isRemote, mediaUrls } from '@/sdk/media-urls';
import { BRIDGES } from '@/sdk/nim-events';
import { privateStorage } from '@/sdk/private-storage';
import { createReadPosition } from '@/sdk/read-position';
import { toSdkError } from '@/sdk/sdk-error';
import { noteUnanswered } from '@/sdk/unanswered';

describe('an error of the SDK', () => {
  it('keeps its code, and its text and detail when it has them', () => {
    expect(toSdkError({ code: 302, desc: 'wrong', detail: { a: 1 }, more: 1 })).toEqual({
      code: 302,
      desc: 'wrong',
      detail: { a: 1 },
    });
    expect(toSdkError({ code: 302, desc: '' })).toEqual({ code: 302 });
  });

  it('is 190001 with a text for anything else', () => {
    const named = Object.assign(() => undefined, { code: 302 });
    for (const [given, desc] of [
      [new Error('broken'), 'broken'],
      ['text', 'text'],
      [null, 'null'],
      [undefined, 'undefined'],
      [{}, '[object Object]'],
      [{ code: '302' }, '[object Object]'],
      [named, String(named)],
    ] as const)
      expect(toSdkError(given)).toEqual({ code: 190001, desc });
  });

  it('is recognised as the refusal of a host by its text', () => {
    expect(isDomainRefusal('request:fail URL not in domain list')).toBe(true);
    expect(isDomainRefusal('request:fail timeout')).toBe(false);
  });
});

describe('the events of the login service', () => {
  it('have our names and arguments', () => {
    const { connectStatus, loginStatus, linkError, loginFailed, kicked, synced } = BRIDGES;
    expect(
      [connectStatus, loginStatus, linkError, loginFailed, kicked, synced].map(({ from }) => from),
    ).toEqual([
      ['onConnectStatus'],
      ['onLoginStatus'],
      ['onDisconnected', 'onConnectFailed'],
      ['onLoginFailed'],
      ['onKickedOffline'],
      ['onDataSync'],
    ]);
    const told = (event: keyof typeof BRIDGES, ...args: unknown[]) =>
      (BRIDGES[event].translate as (...given: unknown[]) => unknown)(...args);
    expect(told('connectStatus', 1)).toEqual([1]);
    expect(told('loginStatus', 2)).toEqual([2]);
    expect(told('linkError', { code: 415 })).toEqual([{ code: 415 }]);
    expect(told('loginFailed', { code: 302 })).toEqual([{ code: 302 }]);
    expect(told('kicked', {})).toEqual([
      { reason: 0, reasonDesc: '', clientType: 0, customClientType: 0 },
    ]);
    const detail = { reason: 3, reasonDesc: 'x', clientType: 1, customClientType: 2 };
    expect(told('kicked', { ...detail, more: 1 })).toEqual([detail]);
  });

  it('tell the end of the main sync only, with its error', () => {
    const told = (...args: unknown[]) =>
      (BRIDGES.synced.translate as (...given: unknown[]) => unknown)(...args);
    const { MAIN } = DataSyncType;
    const { COMPLETED } = DataSyncState;
    expect(told(MAIN, COMPLETED)).toEqual([undefined]);
    expect(told(MAIN, COMPLETED, { code: 500 })).toEqual([{ code: 500 }]);
    expect(told(MAIN, COMPLETED + 1)).toBeUndefined();
    expect(told(MAIN + 1, COMPLETED)).toBeUndefined();
  });
});

describe('addresses of small pictures', () => {
  const size = { width: 80, height: 0 };
  const service = {
    core: {
      cloudStorage: {
        getThumbUrl(url: string, { width }: typeof size) {
          return `${url}?thumb=${width}`;
        },
        getVideoCoverUrl(url: string, { width }: typeof size) {
          return `${url}?cover=${width}`;
        },
      },
    },
  };

  it('come from the SDK for files on a server', () => {
    const urls = mediaUrls(() => service);
    expect(urls.imageThumb('https://nos.example/a', size)).toBe('https://nos.example/a?thumb=80');
    expect(urls.videoCover('http://nos.example/a', size)).toBe('http://nos.example/a?cover=80');
  });

  it('stay as they are for a short link, a local file, and without the SDK', () => {
    const asked: string[] = [];
    const urls = mediaUrls(() => {
      asked.push('asked');
      return service;
    });
    for (const url of ['https://nos.example/a?_im_url=1', 'wxfile://tmp/a', 'http://tmp/a'])
      expect([urls.imageThumb(url, size), urls.videoCover(url, size)]).toEqual([url, url]);
    expect(asked).toEqual([]);
    const url = 'https://nos.example/a';
    const none = (): object => {
      throw new Error('no instance');
    };
    for (const one of [none, () => ({}), () => ({ core: {} })])
      expect(mediaUrls(one).imageThumb(url, size)).toBe(url);
  });

  it('are remote only on a server', () => {
    const local = ['http://tmp/a', 'https://usr/a', 'http://store/a', 'file', 'x https://a/b'];
    expect(local.map(isRemote)).toEqual([false, false, false, false, false]);
    expect(['http://a/tmp/', 'https://a/', 'https://a/?u=http://tmp/'].map(isRemote)).toEqual([
      true,
      true,
      true,
    ]);
  });
});

describe('the read position', () => {
  function setUp() {
    const calls: unknown[] = [];
    const service = {
      handler: {
        v2LocalConvMultiSyncReadTimeHandler: (packet: unknown) => calls.push(packet),
      },
      compute: {
        own: 'own',
        computeReadTimeForMark(this: { own: string }, _conversation: unknown) {
          return `original of ${this.own}`;
        },
      },
      model: { getReadTime: (id: string) => `kept ${id}` },
    };
    const nim = {
      sendCmd: (command: string, content: object) => {
        calls.push([command, content]);
        return Promise.resolve();
      },
      V2NIMLocalConversationService: service,
    };
    return { calls, service, position: createReadPosition(nim as never) };
  }

  it('is set in the SDK as if another device had read', () => {
    const { calls, position } = setUp();
    for (const [id, until] of [
      ['me|1|bob', 1],
      ['me|2|7001', 2],
      ['me|3|8001', 3],
      ['me|1|a|b', 4],
      ['odd', 5],
    ] as const)
      position.setLocally(id, until);
    expect(calls).toEqual([
      { content: { scene: 0, to: 'bob', timetag: 1 } },
      { content: { scene: 1, to: '7001', timetag: 2 } },
      { content: { scene: 2, to: '8001', timetag: 3 } },
      { content: { scene: 0, to: 'a|b', timetag: 4 } },
      { content: { scene: 0, to: '', timetag: 5 } },
    ]);
  });

  it('is told to the server, by a command of its own for super teams', async () => {
    const { calls, position } = setUp();
    await position.tell('me|2|7001', 2);
    await position.tell('me|3|8001', 3);
    expect(calls).toEqual([
      ['v2LocalConvMarkReadTime', { scene: 1, to: '7001', timetag: 2 }],
      ['v2LocalConvSuperTeamMarkReadTime', { to: '8001', timetag: 3 }],
    ]);
  });

  it('does not follow a last message that is not sent', () => {
    const { service } = setUp();
    const timeOf = (sendingState?: number) =>
      service.compute.computeReadTimeForMark({
        conversationId: 'c',
        ...(sendingState === undefined ? {} : { lastMessage: { sendingState } }),
      });
    const { SENDING, FAILED } = MessageSendingState;
    expect([SENDING, FAILED, 1, undefined].map(timeOf)).toEqual([
      'kept c',
      'kept c',
      'original of own',
      'original of own',
    ]);
  });
});

describe('the inside of the SDK', () => {
  it('keeps its timers clearable: the running timeout ends before another timer joins', () => {
    const log: unknown[] = [];
    const timerManager = {
      addTimer(...timer: unknown[]) {
        log.push([this === timerManager, ...timer]);
        return 7;
      },
      clerTime: () => log.push('cleared'),
    };
    keepTimersClearable({ timerManager } as never);
    const handler = () => undefined;
    expect(timerManager.addTimer(handler, 10, 1)).toBe(7);
    expect(log).toEqual(['cleared', [true, handler, 10, 1]]);
    keepTimersClearable({} as never);
  });

  it('tells commands without an answer, and gives each caller its own result', async () => {
    let told = 0;
    const answers: Promise<unknown>[] = [];
    const socket = {
      sendCmd(...command: unknown[]) {
        answers.push(Promise.resolve([this === socket, ...command]));
        return command[0] === 'fails'
          ? Promise.reject(command[1])
          : (answers.at(-1) as Promise<unknown>);
      },
    };
    noteUnanswered(socket, () => told++);
    expect(await socket.sendCmd('works', 1)).toEqual([true, 'works', 1]);
    for (const error of [{ code: 192004 }, { code: 500 }, undefined])
      await expect(socket.sendCmd('fails', error)).rejects.toBe(error);
    expect(told).toBe(1);
    noteUnanswered(undefined, () => told++);
  });

  it('uploads to a private host only, and fetches by the scheme of the host', () => {
    expect(privateStorage('')).toEqual({});
    for (const scheme of ['http', 'https']) {
      const host = `${scheme}://nos.example`;
      expect(privateStorage(host)).toEqual({
        cloudStorageConfig: {
          commonUploadHost: host,
          commonUploadHostBackupList: [host],
          chunkUploadHost: host,
          chunkUploadHostBackupList: [host],
          uploadReplaceFormat: `${scheme}://{host}/{object}`,
        },
      });
    }
  });
});

describe('a report of the LBS', () => {
  it('is a line for the journal', () => {
    expect(describeLbs({ kind: 'failed', code: 1, message: 'no answer' })).toBe(
      'failed, linkUrl instead: no answer',
    );
    expect(describeLbs({ kind: 'answer', links: ['a', 'b'], dropped: [] })).toBe('answered a b');
    expect(describeLbs({ kind: 'answer', links: [], dropped: ['c', 'd'] })).toBe(
      'answered no legal link, not legal: c d',
    );
  });
});

describe('the listeners of a kit', () => {
  class Emitter {
    readonly all: [string, (...args: unknown[]) => void][] = [];
    on(event: string, listener: (...args: unknown[]) => void) {
      this.all.push([event, listener]);
    }
    off(event: string, listener: (...args: unknown[]) => void) {
      const index = this.all.findIndex(([name, one]) => name === event && one === listener);
      if (index < 0) throw new Error(`no listener of ${event}`);
      this.all.splice(index, 1);
    }
    emit(event: string) {
      for (const [name, listener] of [...this.all]) if (name === event) listener();
    }
  }

  it('are removed by emitter, event and listener, each by itself', () => {
    const [first, second] = [new Emitter(), new Emitter()];
    const listeners = new KitListeners(() => undefined);
    const [a, b] = [listeners.of(first, 'A'), listeners.of(second, 'B')];
    const heard: string[] = [];
    const [one, two] = [() => heard.push('one'), () => heard.push('two')];
    for (const emitter of [a, b])
      for (const event of ['x', 'y']) {
        emitter['on']?.(event as never, one as never);
        emitter['on']?.(event as never, two as never);
      }
    a['off']?.('x' as never, one as never);
    for (const emitter of [first, second]) for (const event of ['x', 'y']) emitter.emit(event);
    expect(heard).toEqual(['two', 'one', 'two', 'one', 'two', 'one', 'two']);
    a['removeAllListeners']?.('y' as never);
    expect([first.all.map(([event]) => event), second.all.length]).toEqual([['x'], 4]);
    b['removeAllListeners']?.();
    expect([first.all.length, second.all.length]).toEqual([1, 0]);
    listeners.clear();
    expect(first.all).toEqual([]);
  });
});
