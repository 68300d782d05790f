export default definePageConfig({ navigationBarTitleText: 'Account' });
