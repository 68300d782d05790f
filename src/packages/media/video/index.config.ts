import theme from '../../../theme.json';

const { dark } = theme;

/** Dark in both themes. */
export default definePageConfig({
  navigationBarTitleText: '',
  navigationBarBackgroundColor: dark.ground,
  navigationBarTextStyle: 'white',
  backgroundColor: dark.ground,
  disableScroll: true,
});
