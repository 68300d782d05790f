import { page } from '@/components/page/page';
import { teamTexts } from '../texts';
import { MembersView } from './members-view';

export default page(MembersView, {
  kind: 'inner',
  title: (_t, { settings }) => teamTexts(settings.language)('members'),
});
