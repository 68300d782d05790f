import { page } from '@/components/page/page';
import { teamTexts } from '../texts';
import { AvatarView } from './avatar-view';

export default page(AvatarView, {
  kind: 'inner',
  title: (_t, { settings }) => teamTexts(settings.language)('avatar'),
});
