import { markupFiles } from './wxml';
import { createWx } from '../wx';
import { secondOpinion } from '../second-opinion';
import { differences } from '../second-opinion/compare';
import { shapesOf } from '../second-opinion/easel-renderer';
import { compileTemplates } from '../second-opinion/templates';
import { launchHost, type Host } from '.';
import { builtPackage } from './built-package';
import { PackageWriter } from './package-writer';
import { walk, type ViewNode } from './view-node';

const packages = new PackageWriter();
let host: Host | undefined;

afterEach(() => {
  host?.close();
  host = undefined;
});
afterAll(() => packages.removeAll());

describe("glass-easel's compiler", () => {
  test('has nothing to say about the markup of the built package', async () => {
    const root = await builtPackage();
    const { words, files } = compileTemplates(root);
    expect(words).toEqual([]);
    expect(files).toBe(markupFiles(root).filter((file) => /\.wx(ml|s)$/.test(file)).length);
    expect(files).toBeGreaterThan(40);
  }, 300_000);

  test('names an open tag, a missing import and a missing script with the file', () => {
    const root = packages.write({
      'a.wxml': '<view>\n  <text>1</view>',
      'b.wxml': '<import src="./gone.wxml"/><wxs module="x" src="./gone.wxs"/><view/>',
    });
    expect(compileTemplates(root).words).toEqual([
      'a.wxml:2:4 missing end tag',
      'b.wxml imports gone.wxml, which is missing',
      'b.wxml uses gone.wxs, which is missing',
    ]);
  });
});

/** A page with what Taro's templates consist of: named templates, a script, a list, a component with a slot. */
async function launch(): Promise<Host> {
  const dist = packages.write({
    'app.json': { pages: ['pages/a/index'] },
    'app.js': 'App({})',
    'pages/a/index.json': { usingComponents: { box: '/box' } },
    'pages/a/index.js': `Page({ data: {
      rows: [{ sid: '1', nn: 'a', v: 'one' }, { sid: '2', nn: 'b', v: 'two', on: true, n: 0 }],
      none: null, flag: false, list: [1, 2], style: 'color:red' }, eh() {} })`,
    'pages/a/index.wxml': `<import src="../../base.wxml"/>
      <template is="rows" data="{{rows: rows}}"/>
      <input value="{{none}}" disabled="{{flag}}" data-list="{{list}}" style="{{style}}" catchtap="eh"/>
      <box label="in"><text>{{list.length}}</text></box>`,
    'base.wxml': `<wxs module="xs" src="./utils.wxs"/>
      <template name="rows"><template is="{{xs.name(item.nn)}}" data="{{i: item}}" wx:for="{{rows}}" wx:key="sid"/></template>
      <template name="row_a"><view class="a {{i.sid}}" id="{{i.sid}}" bindtap="eh" data-sid="{{i.sid}}">{{i.v}}</view></template>
      <template name="row_b"><text user-select="{{i.on}}" max-lines="{{i.n}}" space="{{i.gone}}">{{i.v}}!</text></template>`,
    'utils.wxs': `module.exports = { name: function (n) { return 'row_' + n } }`,
    'box.json': { component: true },
    'box.js': `Component({ properties: { label: String } })`,
    'box.wxml': '<view class="box">{{label}}<slot/></view>',
  });
  host = await launchHost({ dist, wx: createWx() });
  return host;
}

const someNode = (root: ViewNode, tag: string): ViewNode => {
  const found = [...walk(root, true)].find((node) => node.tag === tag);
  if (!found) throw new Error(`no ${tag}`);
  return found;
};

describe('the second opinion', () => {
  test('agrees with the host on templates, scripts, lists and components', async () => {
    const { page } = await launch();
    expect(page.texts()).toEqual(['one', 'two!', 'null', 'in', '2']);
    expect(secondOpinion(host as Host)).toEqual([]);
  });

  test.each<[string, (root: ViewNode) => void, RegExp]>([
    ['a text', (root) => (someNode(root, 'text').children = ['else']), /"else" \| "two!"/],
    [
      'a value',
      (root) => (someNode(root, 'text').attributes.maxLines = '0'),
      /maxLines\]: "0" \| 0/,
    ],
    [
      'an attribute',
      (root) => delete someNode(root, 'text').attributes.userSelect,
      /missing \| true/,
    ],
    ['a class', (root) => (someNode(root, 'view').attributes.class = 'a'), /"a" \| "a 1"/],
    ['an id', (root) => (someNode(root, 'view').attributes.id = '3'), /id\]: "3" \| "1"/],
    ['a style', (root) => (someNode(root, 'input').attributes.style = ''), /"" \| "color:red"/],
    [
      'a dataset',
      (root) => (someNode(root, 'input').dataset.list = [1]),
      /list\]: \[1\] \| \[1,2\]/,
    ],
    ['a handler', (root) => someNode(root, 'view').handlers.clear(), /handlers: {2}\| tap/],
    ['a node', (root) => root.children.pop(), /children: 3 \| 4/],
    ['an order', (root) => root.children.reverse(), /tag\]: "box" \| "view"/],
  ])('sees %s that differs', async (_what, change, line) => {
    const [source] = (await launch()).sources;
    const draw = globalThis.drawWithEasel;
    if (!source || !draw) throw new Error('no page, or no environment');
    const drawing = draw({ ...source });
    const tree = source.tree();
    const root = { ...(drawing?.root as NonNullable<typeof drawing>['root']), attributes: {} };
    expect(differences(tree, root)).toEqual([]);
    change(tree);
    expect(differences(tree, root)).toContainEqual(expect.stringMatching(line));
  });
});

test('data have new shapes unless they differ in words, numbers and repeated rows only', () => {
  const row = { nn: '7', cl: 'row', v: 'a', n: 1, on: true };
  const shapesWith = (...rows: object[]) => shapesOf(JSON.stringify({ root: { cn: rows } })).sort();
  const known = shapesWith(row);
  expect(shapesWith({ ...row, v: 'b', n: 2 }, row)).toEqual(known);
  for (const other of [
    { v: '' },
    { nn: '8' },
    { on: false },
    { n: '1' },
    { n: 0 },
    { z: 'a' },
    { v: null },
  ])
    expect(known).not.toEqual(expect.arrayContaining(shapesWith({ ...row, ...other })));
  expect(known).not.toEqual(expect.arrayContaining(shapesWith({ nn: '9', cn: [row] })));
  expect(known).not.toEqual(expect.arrayContaining(shapesWith()));
});
