import type theme from './theme.json';

/** WeChat reads colours by name from theme.json and follows the system; a browser needs the values. */
const isWeapp = process.env.TARO_ENV === 'weapp';
/** A tab bar and a sub-package inside another are for the host to have. */
const isEmbedded = Boolean(process.env.APP_EMBED_ROOT);
/** src/theme.json with the colours of the product: config/product/colours.js. */
const { light } = JSON.parse(process.env.PRODUCT_THEME ?? '') as typeof theme;
const colour = (name: keyof typeof light) => (isWeapp ? `@${name}` : light[name]);

const tab = (name: string, text: string) => ({
  pagePath: `pages/${name}/index`,
  text,
  iconPath: `assets/tab/${name}.png`,
  selectedIconPath: `assets/tab/${name}-selected.png`,
});

/** Whether product.config.json has the feature; config/product/features.js names its pages. */
const has = (feature: string) => process.env[`PRODUCT_${feature}`] !== 'off';

const some = <T>(feature: string, ...items: T[]): T[] => (has(feature) ? items : []);

export default defineAppConfig({
  pages: [
    'pages/conversations/index',
    'pages/contacts/index',
    'pages/me/index',
    'pages/login/index',
  ],
  subPackages: [
    {
      root: 'packages/chat',
      pages: [
        'index',
        'text/index',
        'person/index',
        'merged/index',
        'mention/index',
        'forward/index',
        'pins/index',
        'readers/index',
        ...some('REMINDERS', 'reminders/index'),
        ...some('FAVOURITES', 'favourites/index'),
        'phrases/index',
      ],
    },
    {
      root: 'packages/team',
      pages: [
        'list/index',
        'settings/index',
        'members/index',
        'pick/index',
        'requests/index',
        'edit/index',
        'apply/index',
        'avatar/index',
        'code/index',
      ],
    },
    // The SDK alone: config/sdk-file writes its file. In a host config/embed writes the page beside our sub-package.
    ...(isEmbedded ? [] : [{ root: 'packages/sdk', pages: ['index'] }]),
    ...some('SEARCH', { root: 'packages/search', pages: ['index', 'chat/index'] }),
    {
      root: 'packages/people',
      pages: [
        'card/index',
        'requests/index',
        'notices/index',
        'blocked/index',
        'add/index',
        'profile/index',
        'code/index',
      ],
    },
    { root: 'packages/media', pages: ['viewer/index', 'video/index'] },
    { root: 'packages/diagnostics', pages: ['inspector/index'] },
    ...some('DEVICES', { root: 'packages/devices', pages: ['index'] }),
    { root: 'packages/settings', pages: ['index', 'storage/index', 'about/index'] },
    ...some('MEETINGS', { root: 'packages/meeting', pages: ['index'] }),
    ...some('CALLS', { root: 'packages/call', pages: ['index'] }),
    ...some('ROOMS', {
      root: 'packages/chatroom',
      pages: ['list/index', 'room/index', 'people/index', 'about/index'],
    }),
  ],
  // Every tab leads to chats, on any network; two tabs lead to the rooms, whose SDK is larger.
  preloadRule: {
    'pages/conversations/index': {
      network: 'all',
      packages: ['packages/sdk', 'packages/chat', ...some('SEARCH', 'packages/search')],
    },
    'packages/chat/index': { network: 'all', packages: ['packages/media', 'packages/team'] },
    ...(has('ROOMS') && {
      'packages/chatroom/room/index': { network: 'all', packages: ['packages/media'] },
    }),
    'pages/login/index': { network: 'all', packages: ['packages/sdk', 'packages/chat'] },
    ...(has('ROOMS') && {
      'pages/me/index': { network: 'wifi', packages: ['packages/chatroom'] },
    }),
    'pages/contacts/index': {
      network: 'wifi',
      packages: ['packages/people', 'packages/chat', ...some('ROOMS', 'packages/chatroom')],
    },
  },
  darkmode: true,
  themeLocation: 'theme.json',
  lazyCodeLoading: 'requiredComponents',
  requiredPrivateInfos: ['chooseLocation'],
  window: {
    navigationBarTitleText: process.env.PRODUCT_NAME,
    navigationBarBackgroundColor: colour('nav'),
    navigationBarTextStyle: colour('navText') as 'black' | 'white',
    backgroundColor: colour('ground'),
    backgroundTextStyle: colour('groundText') as 'dark' | 'light',
  },
  ...(isEmbedded
    ? {}
    : {
        tabBar: {
          color: colour('tabText'),
          selectedColor: colour('tabSelected'),
          backgroundColor: colour('bar'),
          borderStyle: colour('barLine') as 'black' | 'white',
          list: [tab('conversations', '消息'), tab('contacts', '通讯录'), tab('me', '我')],
        },
      }),
});
