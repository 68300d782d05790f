export default defineAppConfig({
  pages: ['pages/conversations/index'],
  window: { navigationBarTitleText: '云信' },
});
