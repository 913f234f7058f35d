import { Icon, type IconProps } from "./icon.tsx";

// One for each screen.

export const PhotosIcon = (props: IconProps) => (
  <Icon {...props} path="M4 5h16a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1zM3 16l5-5 4.5 4.5L15 13l6 5M16 9h.01" />
);
export const MapIcon = (props: IconProps) => (
  <Icon {...props} bold path="M6 7h.01M10 5h.01M9 10h.01M4 11h.01M17 12h.01M20 15h.01M15 16h.01M18 19h.01M8 18h.01" />
);
export const SearchIcon = (props: IconProps) => <Icon {...props} path="M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5L21 21" />;
export const GroupsIcon = (props: IconProps) => (
  <Icon {...props} path="M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM16.5 7a2.5 2.5 0 1 0 0 5M3 19c0-3 2-5 5-5s5 2 5 5M16 14.5c3 0 5 2 5 4.5" />
);
export const AlbumIcon = (props: IconProps) => (
  <Icon {...props} path="M6 4h12a1 1 0 0 1 1 1v14a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1zM9 4v16M12.5 9h3" />
);
export const BestIcon = (props: IconProps) => (
  <Icon {...props} path="M12 4l2.5 5.2 5.7.7-4.2 3.9 1.1 5.7-5.1-2.8-5.1 2.8 1.1-5.7L3.8 9.9l5.7-.7z" />
);
export const LabelsIcon = (props: IconProps) => <Icon {...props} path="M12 3H5a2 2 0 0 0-2 2v7l9 9 9-9zM7.5 7.5h.01" />;
export const AdaptIcon = (props: IconProps) => <Icon {...props} path="M4 18c4 0 4-12 8-12s4 12 8 12M4 12h3M17 12h3" />;
export const RunsIcon = (props: IconProps) => <Icon {...props} path="M4 4v16h16M7 16c3-1 4-8 7-9s4 1 6 1" />;
export const LiveIcon = (props: IconProps) => (
  <Icon {...props} path="M4 7h10a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1zM15 11l6-3.5v9L15 13" />
);
