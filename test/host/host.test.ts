import { createWx, type WxHandle } from '../wx';
import { launchHost, type Host, type LaunchOptions } from '.';
import { PackageWriter } from './package-writer';

const packages = new PackageWriter();
let host: Host | undefined;
let wx: WxHandle;

afterEach(() => host?.close());
afterAll(() => packages.removeAll());

type Files = Record<string, string | object>;

async function launch(files: Files, options: Partial<LaunchOptions> = {}): Promise<Host> {
  wx = createWx();
  const started = await launchHost({ dist: packages.write(files), wx, ...options });
  host = started;
  return started;
}

const onePage = (script: string, wxml: string, more: Files = {}): Files => ({
  'app.json': { pages: ['pages/a/index'] },
  'app.js': 'App({})',
  'pages/a/index.json': {},
  'pages/a/index.js': script,
  'pages/a/index.wxml': wxml,
  ...more,
});

describe('logic layer', () => {
  test('files see only the globals that WeChat gives them', async () => {
    const started = await launch(
      onePage(
        `const names = { window: typeof window, self: typeof self, document: typeof document,
           XMLHttpRequest: typeof XMLHttpRequest, process: typeof process, wx: typeof wx,
           WebAssembly: typeof WebAssembly };
         let evaluated = 'ran';
         try { new Function('return 1')() } catch (error) { evaluated = error.name }
         Page({ data: { names, evaluated, shared: require('./other').name } })`,
        '<view>{{evaluated}}</view>',
        { 'pages/a/other.js': `exports.name = 'other'` },
      ),
    );
    expect(started.page.data).toEqual({
      names: {
        window: 'undefined',
        self: 'undefined',
        document: 'undefined',
        XMLHttpRequest: 'undefined',
        process: 'undefined',
        WebAssembly: 'undefined',
        wx: 'object',
      },
      evaluated: 'EvalError',
      shared: 'other',
    });
  });

  test('a sub-package is missing until require.async loads it', async () => {
    const started = await launch({
      ...onePage(
        `Page({ data: { sync: '', later: '' }, onLoad() {
           try { require('../../sub/tool') } catch (error) { this.setData({ sync: error.message }) }
           require.async('../../sub/tool').then((tool) => this.setData({ later: tool.name }))
         } })`,
        '<view>{{later}}</view>',
        { 'sub/tool.js': `exports.name = 'tool'`, 'sub/page.js': 'Page({})', 'sub/page.wxml': '' },
      ),
      'app.json': { pages: ['pages/a/index'], subPackages: [{ root: 'sub', pages: ['page'] }] },
    });
    await started.waitForNode({ text: 'tool' });
    expect(started.page.data.sync).toBe(
      "module 'sub/tool.js' is not defined, require args is '../../sub/tool'",
    );
    expect(started.evaluated.map(({ file }) => file)).not.toContain('sub/page.js');
  });

  test('values from wx belong to the realm of the app', async () => {
    const started = await launch(
      onePage(
        `wx.setStorageSync('list', [1]);
         let thrown; try { wx.setStorageSync('', 1) } catch (error) { thrown = error instanceof Error }
         Page({ data: { array: wx.getStorageSync('list') instanceof Array, thrown,
                        promise: wx.login() instanceof Promise } })`,
        '<view/>',
      ),
    );
    expect(started.page.data).toEqual({ array: true, thrown: true, promise: true });
  });

  test('the host collects errors and stops timers at its end', async () => {
    const started = await launch(
      onePage(
        `Page({ onLoad() { setTimeout(() => { throw new Error('late') }, 1); setInterval(() => {}, 5) } })`,
        '<view/>',
      ),
    );
    await started.waitFor(() => started.errors.length === 1);
    expect(String(started.errors[0])).toBe('Error: late');
    expect(started.pendingTimers).toBe(1);
    started.close();
    expect(started.pendingTimers).toBe(0);
  });
});

describe('pages', () => {
  const logger = (name: string) =>
    `const log = getApp().log; const page = {};
     for (const stage of ['onLoad', 'onShow', 'onReady', 'onHide', 'onUnload'])
       page[stage] = () => log.push('${name} ' + stage);
     page.onTabItemTap = (item) => log.push('${name} tab ' + item.text); Page(page)`;
  const site: Files = {
    'app.json': {
      pages: ['t1', 't2', 'p'],
      tabBar: {
        list: [
          { pagePath: 't1', text: 'One' },
          { pagePath: 't2', text: 'Two' },
        ],
      },
    },
    'app.js': 'App({ log: [], onLaunch() { this.log.push("launch") } })',
    't1.js': logger('t1'),
    't2.js': logger('t2'),
    'p.js': logger('p'),
    't1.wxml': '<view>first</view>',
    't2.wxml': '<view>second</view>',
    'p.wxml': '<view>page</view>',
  };
  const turn = () => new Promise((resolve) => setTimeout(resolve, 5));

  test('pages run WeChat’s life cycles in order when they open, change tabs and go back', async () => {
    const log: string[] = [];
    const files = { ...site, 'app.js': 'App({ log, onLaunch() { log.push("launch") } })' };
    const started = await launch(files, { globals: { log } });
    const since = async (act: () => unknown) => {
      log.length = 0;
      await act();
      await turn();
      return log.join(', ');
    };
    expect(log.join(', ')).toBe('launch, t1 onLoad, t1 onShow, t1 onReady');
    const open = () => wx.wx.navigateTo({ url: '/p?id=%E4%BD%A0' });
    expect(await since(open)).toBe('t1 onHide, p onLoad, p onShow, p onReady');
    expect(started.page.query).toEqual({ id: '%E4%BD%A0' });
    expect(started.tabBar).toEqual([]);
    expect(await since(() => started.back())).toBe('p onUnload, t1 onShow');
    expect(await since(() => started.tapTab('Two'))).toBe(
      't1 onHide, t2 onLoad, t2 onShow, t2 tab Two, t2 onReady',
    );
    expect(await since(() => started.tapTab(0))).toBe('t2 onHide, t1 onShow, t1 tab One');
    await open();
    expect(await since(() => wx.wx.switchTab({ url: '/t2' }))).toBe('p onUnload, t2 onShow');
    expect(await since(() => wx.wx.reLaunch({ url: '/p' }))).toBe(
      't1 onUnload, t2 onUnload, p onLoad, p onShow, p onReady',
    );
    expect(await since(() => started.hide())).toBe('p onHide');
    expect(await since(() => started.show())).toBe('p onShow');
  });

  test('a navigation that WeChat refuses fails with WeChat’s text', async () => {
    await launch(site);
    const refused = (work: Promise<unknown>) =>
      work.then(
        () => 'done',
        (error: unknown) => (error as { errMsg: string }).errMsg,
      );
    const { navigateTo, redirectTo, switchTab, navigateBack } = wx.wx;
    expect(await refused(navigateTo({ url: '/t2' }))).toBe(
      'navigateTo:fail can not navigateTo a tabbar page',
    );
    expect(await refused(redirectTo({ url: '/t2' }))).toBe(
      'redirectTo:fail can not redirectTo a tabbar page',
    );
    expect(await refused(navigateTo({ url: '/x' }))).toBe('navigateTo:fail page "/x" is not found');
    expect(await refused(switchTab({ url: '/p' }))).toMatch('can not switch to no-tabBar page');
    expect(await refused(navigateBack())).toMatch('cannot navigate back at first page');
    for (let depth = 1; depth < 10; depth += 1) await navigateTo({ url: '/p' });
    expect(await refused(navigateTo({ url: '/p' }))).toBe(
      'navigateTo:fail webview count limit exceed',
    );
  });
});

describe('view', () => {
  const list = onePage(
    `Page({ data: { rows: [{ id: 'r1', name: 'Ann' }, { id: 'r2', name: 'Bo' }], heard: [], off: true },
       tap(event) { this.data.heard.push(event.currentTarget.id + '<' + event.target.id); this.setData({ heard: this.data.heard }) },
       typed(event) { this.setData({ typed: event.detail.value }) },
       clear() { this.setData({ typed: '' }) } })`,
    `<view id="list" bindtap="tap">
       <view wx:for="{{rows}}" wx:key="id" id="{{item.id}}" class="row" catchtap="tap"><text>{{item.name}}</text></view>
       <view id="foot" bindtap="tap"><text id="label">Foot</text></view>
       <view hidden="{{off}}">Secret</view><view wx:if="{{!off}}">Gone</view><view style="display: none">Styled</view>
       <button disabled bindtap="tap">Off</button><view class="dead-end">x</view>
     </view>
     <input value="{{typed}}" maxlength="5" placeholder="say" bindinput="typed" bindconfirm="clear"/>
     <text>Dead</text>`,
  );

  test('the page lists the visible text in order', async () => {
    const started = await launch(list);
    expect(started.page.texts()).toEqual(['Ann', 'Bo', 'Foot', 'Off', 'x', 'Dead']);
    expect(started.page.has({ text: 'Secret' })).toBe(false);
    expect(started.page.find({ className: 'row', text: /^B/ }).id).toBe('r2');
    expect(started.page.select('#list .row')).toHaveLength(2);
    expect(() => started.page.find({ text: 'Nobody' })).toThrow(/text "Nobody"[\s\S]*<view #list/);
  });

  test('a tap bubbles to every binding and stops at a catch; a tap on an unbound or disabled node throws', async () => {
    const { page, errors } = await launch(list);
    page.find({ text: 'Ann' }).tap();
    expect(page.data.heard).toEqual(['r1<']);
    page.find({ text: 'Foot' }).tap();
    expect(page.data.heard).toEqual(['r1<', 'foot<label', 'list<label']);
    expect(() => page.find({ text: 'Off' }).tap()).toThrow('disabled');
    expect(() => page.find({ text: 'Dead' }).tap()).toThrow('nothing listens to a tap');
    expect(errors).toEqual([]);
  });

  test('typed text stays until the field’s value changes, and is cut at maxlength', async () => {
    const { page } = await launch(list);
    const field = page.find({ placeholder: 'say' });
    field.input('hello world');
    expect(page.data.typed).toBe('hello');
    expect(field.value).toBe('hello');
    expect(page.texts()).toContain('hello');
    field.confirm();
    expect(field.value).toBe('');
  });

  test('the meter counts setData in calls and UTF-8 bytes, and counts hidden pages separately', async () => {
    const started = await launch({
      ...list,
      'app.json': { pages: ['pages/a/index', 'b'] },
      'b.js': 'Page({})',
      'b.wxml': '<view>b</view>',
    });
    const below = started.page;
    started.setData.reset();
    below.find({ placeholder: 'say' }).input('你');
    expect(started.setData.snapshot()).toMatchObject({
      calls: 1,
      bytes: Buffer.byteLength('{"typed":"你"}'),
    });
    await wx.wx.navigateTo({ url: '/b' });
    below.unit.call('clear');
    expect(started.setData.snapshot()).toMatchObject({ calls: 1, hiddenCalls: 1, hiddenBytes: 12 });
    expect(started.setData.snapshot().pages['pages/a/index']).toMatchObject({ hiddenCalls: 1 });
  });

  test('a setData path to a missing object is an error', async () => {
    const started = await launch(
      onePage(
        `Page({ data: { root: { cn: [] } }, onLoad() {
           this.setData({ 'root.cn.[0]': { v: 1 }, 'root.cn[0].v': 'set' });
           this.setData({ 'root.cn.[3].v': 1 }); this.setData({ 'root.cn.[5]': {} }) } })`,
        '<view>{{root.cn[0].v}}</view>',
      ),
    );
    expect(started.page.text()).toBe('set');
    expect(started.errors.map(String)).toEqual([
      'Error: setData path "root.cn.[3].v": nothing at "3"',
      'Error: setData path "root.cn.[5]": index 5 of an array of 1',
    ]);
  });

  test('broken markup fails with its position, and a missing template with its name', async () => {
    await expect(launch(onePage('Page({})', '<view>\n<text></view>'))).rejects.toThrow(
      /pages\/a\/index\.wxml:2:\d+/,
    );
    const started = await launch(onePage('Page({})', '<template is="nowhere"/>'));
    expect(() => started.page.text()).toThrow(/Template `nowhere` not found/);
  });

  test('a wait that times out fails with tree, wx records and seed', async () => {
    const started = await launch(list, { seed: 42 });
    void wx.wx.showModal({ title: 'Sure?' });
    const failed = started.waitFor(() => started.page.find({ text: 'Never' }), {
      timeoutMs: 30,
      what: 'it',
    });
    await expect(failed).rejects.toThrow(
      /not within 30 ms: it[\s\S]*seed: 42[\s\S]*modal "Sure\?"[\s\S]*"Ann"/,
    );
  });
});

test('components run their life cycle, receive properties, send their own setData and hide their inner nodes', async () => {
  const started = await launch(
    onePage(
      `Page({ data: { on: true, item: { sid: 's1', label: 'from page' } },
         tap(event) { this.setData({ seen: event.target.id }) }, off() { this.setData({ on: false }) } })`,
      '<view bindtap="tap"><part wx:if="{{on}}" id="part" i="{{item}}"/></view>',
      {
        'pages/a/index.json': { usingComponents: { part: '/part' } },
        'part.json': { component: true },
        'part.wxml': '<view id="inner"><text>{{i.label}} {{count}}</text></view>',
        'part.js': `Component({ properties: { i: Object }, data: { count: 0 }, lifetimes: {
            attached() { this.setData({ count: 1, 'i.label': 'own ' + this.data.i.sid }) },
            detached() { getApp().ended = true } } })`,
      },
    ),
  );
  await started.waitForNode({ text: 'own s1 1' });
  expect(started.setData.snapshot().log).toMatchObject([
    { component: 'part', route: 'pages/a/index' },
  ]);
  started.page.find({ text: 'own s1 1' }).tap();
  expect(started.page.data.seen).toBe('part');
  started.page.unit.call('off');
  await started.waitFor(() => started.page.text() === '');
  expect(started.errors).toEqual([]);
});

test('a suspended app keeps its timers waiting and loses its sockets', async () => {
  const started = await launch(
    onePage(
      'Page({ data: { n: 0 }, onHide() { setTimeout(() => this.setData({ n: 1 }), 5) } })',
      '<view>{{n}}</view>',
    ),
  );
  started.hide({ suspend: true });
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(started.page.text()).toBe('0');
  started.show();
  expect(started.page.text()).toBe('1');
});

test('elapse fires due timers in order and moves Date', async () => {
  const started = await launch(
    onePage(
      `Page({ data: { log: '' }, onReady() {
        const began = Date.now();
        const note = (name) => {
          const at = Math.round((new Date().getTime() - began) / 1000);
          this.setData({ log: this.data.log + ' ' + name + at });
        };
        const tick = setInterval(() => note('tick'), 20000);
        setTimeout(() => { note('late'); clearInterval(tick) }, 50000);
        setTimeout(() => setTimeout(() => note('chained'), 10000), 20000);
        setTimeout(() => note('far'), 90000);
      } })`,
      '<view>{{log}}</view>',
    ),
  );
  await started.waitFor(() => started.pendingTimers === 4);
  started.elapse(60_000);
  expect(started.page.text()).toBe(' tick20 chained30 tick40 late50');
  expect(started.pendingTimers).toBe(1);
  started.elapse(30_000);
  expect(started.page.text()).toMatch(/ far90$/);
});
