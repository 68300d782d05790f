import { lint, type Probe } from './lint';

const RULE = 'no-restricted-syntax';
const TARO = "import Taro from '@tarojs/taro';\n";
const WRAPPER = "import { wxCall, wxAsk } from '@/components/page/wx-call';\n";
const PAGE = 'src/packages/chat/x.tsx';
const probe = (code: string, file = PAGE): Probe => [file, `${TARO}${WRAPPER}${code}\n`];

const FORBIDDEN: readonly Probe[] = [
  probe('void Taro.hideKeyboard();'),
  probe('Taro.hideKeyboard();'),
  probe('export const go = async () => await Taro.showModal({ title: "" });'),
  probe('Taro.showToast({ title: "" }).catch(() => undefined);'),
  probe('void wx.setClipboardData({ data: "" });', 'src/packages/diagnostics/x.ts'),
  probe('wxCall(() => { void Taro.hideKeyboard(); });'),
  probe('const { hideKeyboard } = Taro; void hideKeyboard();'),
  [
    'src/components/x.ts',
    "import { showToast } from '@tarojs/taro';\nvoid showToast({ title: '' });\n",
  ],
  probe('void Taro.navigateTo({ url: "" });'),
  probe('void wxCall(() => Taro.navigateTo({ url: "" }));'),
  probe('void wxCall(() => Taro.redirectTo({ url: "" }));'),
  probe('void wxCall(() => Taro.switchTab({ url: "" }));', 'src/components/page/session-guard.ts'),
  probe('void wxCall(() => Taro.reLaunch({ url: "" }));'),
  probe('void wxCall(() => Taro.navigateBack());', 'src/packages/call/x.tsx'),
  probe('void Taro.showModal({ title: "" });', 'src/app.tsx'),
  probe('void Taro.hideKeyboard();', 'src/components/page/navigate.ts'),
];

const ALLOWED: readonly Probe[] = [
  probe('void wxCall(() => Taro.hideKeyboard());'),
  probe('export const ask = async () => await wxAsk(() => Taro.showModal({ title: "" }));'),
  probe('void wxTask(() => Taro.downloadFile({ url: "" }), () => undefined);'),
  probe('Taro.nextTick(() => undefined); Taro.createSelectorQuery().exec();'),
  probe('Taro.onThemeChange(() => undefined); Taro.getCurrentPages();'),
  probe('export const go = () => Taro.navigateTo({ url: "" });', 'src/components/page/navigate.ts'),
  [
    PAGE,
    "import { useDidShow, type CommonEvent } from '@tarojs/taro';\nexport default useDidShow as CommonEvent;\n",
  ],
];

describe('code calls WeChat through wxCall, and opens pages through navigate', () => {
  const broken = lint([...FORBIDDEN, ...ALLOWED]);

  it.each(FORBIDDEN.map(([file, code], index) => [file, code.split('\n').at(-2) ?? '', index]))(
    'in %s: refuses %s',
    (_file, _code, index) => {
      expect(broken[Number(index)]).toContain(RULE);
    },
  );

  it.each(ALLOWED.map(([file, code], index) => [file, code.split('\n').at(-2) ?? '', index]))(
    'in %s: allows %s',
    (_file, _code, index) => {
      expect(broken[FORBIDDEN.length + Number(index)]).not.toContain(RULE);
    },
  );
});
