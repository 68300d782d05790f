import { page } from '@/components/page/page';
import { teamIn } from '../team-routes';
import { teamTexts } from '../texts';
import { PickView } from './pick-view';

export default page(PickView, {
  kind: 'inner',
  title: (_t, { settings }, params) =>
    teamTexts(settings.language)(teamIn(params).teamId ? 'pick.invite' : 'pick.create'),
});
