import { Route, Switch } from "wouter";
import { GalleryPage } from "./gallery-page.tsx";
import { PhotoPage } from "./photo-page.tsx";
import "./first-visit.css";
import "./gallery.css";
import "./photo.css";

export default function PhotosScreen() {
  return (
    <Switch>
      <Route path="/photos/:id">{({ id }) => <PhotoPage id={Number(id)} />}</Route>
      <Route>
        <GalleryPage />
      </Route>
    </Switch>
  );
}
