/* Looks the device's time zone up in a table that is the same for everybody, and offers the place it lies in.
   The zone itself is sent nowhere; pressing the button asks for that place as choosing it by hand would. */
const offer = document.querySelector("#offer");

function better(code, shown) {
  if (!code || code === shown) return false;
  const [country, region] = code.split("-");
  const [shownCountry] = shown.split("-");
  return country !== shownCountry || Boolean(region); // a zone that names only the country narrows nothing
}

async function look() {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const answer = await fetch(offer.dataset.zones);
  if (!answer.ok) return;
  const { zones, names } = await answer.json();
  const code = zones[zone];
  if (!better(code, offer.dataset.shown)) return;
  const [country, region = ""] = code.split("-");
  const address = new URL(offer.dataset.here, location.href);
  address.searchParams.set("country", country);
  address.searchParams.set("region", region);
  offer.querySelector("[data-offer-name]").textContent = names[code];
  offer.querySelector("[data-offer-link]").href = address.href;
  offer.hidden = false;
}

if (offer) look().catch(() => {}); // without the table the page is as good as without scripts
