/* Where somebody is, as their device says: chosen for them the first time, theirs to change. */
const choice = document.querySelector('select[data-zone="guess"]');
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (choice && here && [...choice.options].some((option) => option.value === here)) choice.value = here;
