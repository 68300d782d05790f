import { page } from '@/components/page/page';
import { peopleTexts } from '../texts';
import { OwnCodeView } from './own-code-view';

export default page(OwnCodeView, {
  kind: 'inner',
  title: (_t, { settings }) => peopleTexts(settings.language)('code.title'),
});
