import theme from './theme.json';

/** WeChat reads colours by name from theme.json and follows the system; a browser wants them spelled out. */
const isWeapp = process.env.TARO_ENV === 'weapp';
const { light } = theme;
const colour = (name: keyof typeof light) => (isWeapp ? `@${name}` : light[name]);

const tab = (name: string, text: string) => ({
  pagePath: `pages/${name}/index`,
  text,
  iconPath: `assets/tab/${name}.png`,
  selectedIconPath: `assets/tab/${name}-selected.png`,
});

export default defineAppConfig({
  pages: [
    'pages/conversations/index',
    'pages/contacts/index',
    'pages/me/index',
    'pages/chat/index',
    'pages/login/index',
  ],
  subPackages: [
    { root: 'packages/diagnostics', pages: ['inspector/index'] },
    { root: 'packages/devices', pages: ['index'] },
    { root: 'packages/meeting', pages: ['index'] },
    { root: 'packages/call', pages: ['index'] },
    {
      root: 'packages/chatroom',
      pages: ['list/index', 'room/index', 'people/index', 'about/index'],
    },
  ],
  // From these pages one goes to the rooms; their SDK is there by then.
  preloadRule: {
    'pages/me/index': { network: 'wifi', packages: ['packages/chatroom'] },
    'pages/contacts/index': { network: 'wifi', packages: ['packages/chatroom'] },
  },
  darkmode: true,
  themeLocation: 'theme.json',
  lazyCodeLoading: 'requiredComponents',
  window: {
    navigationBarTitleText: '云信',
    navigationBarBackgroundColor: colour('nav'),
    navigationBarTextStyle: colour('navText') as 'black' | 'white',
    backgroundColor: colour('ground'),
    backgroundTextStyle: colour('groundText') as 'dark' | 'light',
  },
  tabBar: {
    color: colour('tabText'),
    selectedColor: colour('tabSelected'),
    backgroundColor: colour('bar'),
    borderStyle: colour('barLine') as 'black' | 'white',
    list: [tab('conversations', '消息'), tab('contacts', '通讯录'), tab('me', '我')],
  },
});
