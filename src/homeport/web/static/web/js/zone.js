/* Where somebody is, as their device says: chosen for them the first time, theirs to change, also before this has arrived. */
const choice = document.querySelector('select[data-zone="guess"]');
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
const drawn = choice && ([...choice.options].find((option) => option.defaultSelected) ?? choice.options[0]).value;
if (choice?.value === drawn && [...choice.options].some((option) => option.value === here)) choice.value = here;
