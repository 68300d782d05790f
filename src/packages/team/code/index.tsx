import { page } from '@/components/page/page';
import { teamTexts } from '../texts';
import { CodeView } from './code-view';

export default page(CodeView, {
  kind: 'inner',
  title: (_t, { settings }) => teamTexts(settings.language)('code.title'),
});
