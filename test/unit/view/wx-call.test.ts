import { wxAsk, wxCall } from '@/components/page/wx-call';
import { wxFailureOf } from '@/platform';
import { allReasons } from '@/connection/reasons';

describe('the reason for a failed call to WeChat', () => {
  it.each([
    ['chooseMedia:fail cancel', undefined, 'cancelled'],
    ['showActionSheet:fail cancel', undefined, 'cancelled'],
    ['chooseImage:fail user cancel', undefined, 'cancelled'],
    ['shareFileMessage:fail, user cancelled', undefined, 'cancelled'],
    ['setClipboardData:fail api scope is not declared in the privacy agreement', 112, 'undeclared'],
    [
      'chooseMedia:fail api scope is not declared in the privacy agreement',
      undefined,
      'undeclared',
    ],
    ['chooseMedia:fail privacy permission is not authorized', 104, 'notAgreed'],
    ['chooseMedia:fail privacy permission is not authorized, user cancel', undefined, 'notAgreed'],
    ['chooseMedia:fail auth deny', undefined, 'denied'],
    ['saveImageToPhotosAlbum:fail authorize:fail auth deny', undefined, 'denied'],
    ['chooseMedia:fail system permission denied', 3, 'denied'],
    ['shareFileMessage:fail not supported', undefined, 'missing'],
    ['navigateTo:fail webview count limit exceed', undefined, 'failed'],
    ['', undefined, 'failed'],
  ])('%s (errno %s): %s', (errMsg, errno, kind) => {
    expect(wxFailureOf({ errMsg, ...(errno === undefined ? {} : { errno }) }).kind).toBe(kind);
  });

  it('is a missing function for a TypeError', () => {
    expect(wxFailureOf(new TypeError('wx.chooseMedia is not a function')).kind).toBe('missing');
  });

  it.each([undefined, null, 'fail', 7, {}, { errMsg: 7 }])('is a failure for %j', (error) => {
    expect(wxFailureOf(error).kind).toBe('failed');
  });

  it('has a row in the reasons table for each kind', () => {
    const codes = allReasons().map(({ code }) => code);
    for (const code of [191002, 600201, 600202, 600203, 600204, 600205, 600206])
      expect(codes).toContain(code);
  });
});

describe('a call to WeChat', () => {
  afterEach(() => jest.useRealTimers());

  it("returns WeChat's answer", async () => {
    expect(await wxCall(() => Promise.resolve(7))).toEqual({ ok: true, value: 7 });
    expect(await wxAsk(() => 7)).toEqual({ ok: true, value: 7 });
  });

  it.each([
    ['wxCall', wxCall],
    ['wxAsk', wxAsk],
  ])('by %s ends in an outcome when it rejects and when it throws', async (_name, call) => {
    const rejected = await call(() =>
      Promise.reject({ errMsg: 'hideKeyboard:fail input not exists!' }),
    );
    expect(rejected).toMatchObject({ ok: false, failure: { kind: 'failed', code: 600206 } });
    const thrown = await call(() => {
      throw new TypeError('undefined is not a function');
    });
    expect(thrown).toMatchObject({ ok: false, failure: { kind: 'missing', code: 600204 } });
  });

  it('runs in the same turn: some pickers open only in the turn of the tap', () => {
    const made: string[] = [];
    void wxCall(() => made.push('call'));
    void wxAsk(() => made.push('ask'));
    expect(made).toEqual(['call', 'ask']);
  });

  it('ends after 10 s without an answer', async () => {
    jest.useFakeTimers();
    const outcome = wxCall(() => new Promise<never>(() => undefined));
    await jest.advanceTimersByTimeAsync(9999);
    const first = await Promise.race([outcome, Promise.resolve('waiting')]);
    expect(first).toBe('waiting');
    await jest.advanceTimersByTimeAsync(1);
    expect(await outcome).toMatchObject({ ok: false, failure: { kind: 'silent', code: 600205 } });
  });

  it('has no limit when the user answers', async () => {
    jest.useFakeTimers();
    const question = wxAsk(
      () => new Promise((answer) => setTimeout(() => answer('yes'), 3_600_000)),
    );
    await jest.advanceTimersByTimeAsync(3_600_000);
    expect(await question).toEqual({ ok: true, value: 'yes' });
  });
});
