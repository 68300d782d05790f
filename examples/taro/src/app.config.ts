export default defineAppConfig({
  pages: ['pages/home/index', 'pages/account/index'],
  window: {
    navigationBarTitleText: 'Shop',
    navigationBarBackgroundColor: '#ffffff',
    navigationBarTextStyle: 'black',
  },
  tabBar: {
    color: '#666666',
    selectedColor: '#000000',
    backgroundColor: '#ffffff',
    list: [
      { pagePath: 'pages/home/index', text: 'Shop' },
      { pagePath: 'pages/account/index', text: 'Account' },
    ],
  },
  lazyCodeLoading: 'requiredComponents',
});
