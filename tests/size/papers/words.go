package papers

var papers = []string{"Harbour Post", "Valley Courier", "Northern Ledger", "City Gazette", "Tidewater Times", "Meridian Herald",
	"Plains Dispatch", "Lakeside Observer", "Coast Record", "Upland Tribune", "Evening Chronicle", "Borough Monitor"}

var (
	starts = []string{"bar", "cor", "del", "fen", "gal", "hal", "ker", "lun", "mar", "nor", "pel", "ros", "sel", "tar", "vol", "wen", "yor", "zel", "bri", "dro", "mel", "ost"}
	ends   = []string{"ton", "ford", "by", "wick", "mouth", "dale", "burn", "holm", "field", "stead", "ley", "port"}
	given  = []string{"Anna", "Peter", "Maria", "James", "Laura", "David", "Helen", "Thomas", "Julia", "Martin", "Clara", "Simon", "Irene", "Victor", "Nora", "Felix"}
)

// asides end an article.
var asides = []string{
	"The council of %p meets again next week.",
	"%c has held the office since 2019.",
	"“We will look into every question,” %o said.",
	"A spokesman for the ministry declined to comment.",
	"It was the second such case in %p within 4 years.",
	"Residents said they had not been told in time.",
}

// background is what papers put around an event, each in two wordings. It takes the
// event's names and numbers too.
var background = [][]string{
	{"%p lies %4 kilometres from the coast and has %3 inhabitants.", "About %3 people live in %p, %4 kilometres from the coast."},
	{"%c came to the place on the same evening and spoke with those concerned for more than an hour.", "On the same evening %c spent over an hour with those concerned."},
	{"The opposition asked for an inquiry, which the majority refused.", "A demand of the opposition for an inquiry was refused by the majority."},
	{"%o said that letters had been written to the authorities as early as January and that no answer had come.", "As early as January letters had been written to the authorities, %o said, and none was answered."},
	{"The government in the capital promised help of up to $%4 million, to be paid before the summer.", "Help of as much as $%4 million was promised by the government; it is to be paid before the summer."},
	{"A similar case in %r three years ago ended with a settlement out of court.", "Three years ago a case of this kind in %r was settled out of court."},
	{"Experts of the university had warned of it in a report of %2 pages, which was published in 2021.", "A report that the university published in 2021 had warned of it on %2 pages."},
	{"The police asked witnesses to come forward and set up a telephone line, on which %1 calls were taken by midnight.", "By midnight %1 calls had been taken on a line for witnesses that the police had set up."},
	{"“People here help one another, they always have,” %o said, while neighbours handed out tea and blankets.", "Neighbours handed out tea and blankets; people here had always helped one another, %o said."},
	{"The regional parliament will debate the matter in its session on Thursday, and %c is expected to speak.", "%c is expected to speak when the regional parliament debates the matter on Thursday."},
	{"Traffic on the main road was stopped for several hours, and trains between %p and %r were late by up to %4 minutes.", "Trains between %p and %r were up to %4 minutes late, and the main road stayed closed for hours."},
	{"An insurer said that claims should be made within %1 days, with photographs where there are any.", "Claims have to reach the insurer within %1 days, it said, with photographs if possible."},
	{"In a poll that a local station took, %4 percent of those asked said that they trusted the authorities less than a year ago.", "%4 percent of those whom a local station asked said their trust in the authorities was less than a year ago."},
	{"The company %r, which employs %3 people in the region, said in a statement that it would cooperate fully.", "In a statement the company %r, which has %3 employees in the region, promised to cooperate fully."},
}

var kinds = []kind{
	{title: []string{"Flood drives %3 from their homes in %p", "%p under water as river rises", "River %r floods %p"}, sentences: [][]string{
		{"The river %r flooded the town of %p on %d.", "The town of %p was flooded on %d after the river %r burst its banks.", "Water from the river %r covered much of %p on %d."},
		{"Rescuers evacuated %3 people from the town.", "Some %3 people were evacuated by rescuers.", "Rescue crews took %3 residents out of their homes."},
		{"At least %1 people were injured, the mayor, %c, said.", "Mayor %c said that %1 people had been injured.", "%1 people were hurt, according to Mayor %c."},
		{"The water rose by %4 centimetres within an hour.", "Within one hour the water had risen %4 centimetres."},
		{"The bridge over the %r was closed to traffic.", "The authorities closed the bridge over the %r.", "The bridge over the %r stayed open."},
		{"“I have never seen anything like this,” said %o, who runs a shop by the bridge.", "%o, a shopkeeper, said she had never seen anything like it."},
		{"The army sent %2 soldiers to help.", "%2 soldiers were sent by the army.", "Troops came to %p to fill sandbags."},
		{"Damage is estimated at $%4 million.", "Insurers put the damage at $%4 million.", "The damage may reach $%4 million."},
	}},
	{title: []string{"%p council backs plan for %r", "Council of %p votes on %r", "%r plan passes in %p"}, sentences: [][]string{
		{"The council of %p approved a plan to rebuild %r Street on %d.", "On %d the council of %p voted for the rebuilding of %r Street.", "Councillors in %p passed the plan for %r Street on %d."},
		{"The work will cost $%4 million.", "The plan costs $%4 million.", "It is expected to cost $%4 million."},
		{"The vote was %1 to 3.", "%1 councillors voted in favour and 3 against.", "The plan passed with %1 votes."},
		{"“This is a good day for %p,” said %c, who leads the council.", "Council leader %c called it a good day for the town."},
		{"%o, an opponent, said the money should go to schools.", "The plan was opposed by %o, who wants the money spent on schools."},
		{"Work begins in September.", "Building is to start in September.", "The first machines are to come in October."},
		{"About %2 trees will be felled.", "Some %2 trees have to go.", "No tree will be felled, the council said."},
		{"Shops on the street will stay open.", "Traders will be able to stay open during the work."},
	}},
	{title: []string{"%r to close plant in %p", "%2 jobs go as %r leaves %p", "Workers protest at %r in %p"}, sentences: [][]string{
		{"The carmaker %r will close its plant in %p, the company announced on %d.", "%r said on %d that it would shut its plant in %p.", "The plant of the carmaker %r in %p is to be closed, it was announced on %d."},
		{"The closure will cost %3 jobs.", "%3 workers will lose their jobs.", "Some %3 people work at the plant."},
		{"Sales fell by %4 percent last year.", "Last year sales dropped %4 percent.", "The company blamed a fall in sales of %4 percent."},
		{"“We had no other choice,” said the chief executive, %c.", "Chief executive %c said the company had no other choice."},
		{"The union called a strike for Friday.", "A strike was called by the union for Friday.", "The union did not call a strike."},
		{"%o, who speaks for the union, said the workers had been betrayed.", "Union leader %o said the company had betrayed its workers."},
		{"The plant was opened in 1974.", "%r has built cars in %p since 1974."},
		{"Each worker is to get $%2 for every year of service.", "Workers will be paid $%2 for each year of service."},
	}},
	{title: []string{"Man charged over fire in %p", "Fire in %p kills %1", "%r warehouse burns in %p"}, sentences: [][]string{
		{"A fire destroyed a warehouse in %p on %d.", "A warehouse in %p burned down on %d.", "Fire broke out in a warehouse in %p on %d."},
		{"%1 people died, police said.", "Police said that %1 people had died.", "%1 people were killed in the fire."},
		{"More than %2 firefighters fought the flames for %4 hours.", "It took over %2 firefighters %4 hours to put it out."},
		{"A 34-year-old man was arrested.", "Police arrested a man of 34.", "A man aged 34 was charged with arson."},
		{"Police chief %c said the fire was set on purpose.", "The fire was set on purpose, said %c, the police chief.", "%c, the chief of police, would not say how it started."},
		{"The building belonged to the firm %r.", "It was owned by the firm %r."},
		{"“The whole sky was red,” said %o, a neighbour.", "%o, who lives nearby, said the whole sky had been red."},
		{"Goods worth $%3 were lost.", "The loss was put at $%3."},
	}},
	{title: []string{"Court clears %c in %r case", "%p court rules on %r", "%c cleared of fraud"}, sentences: [][]string{
		{"A court in %p acquitted the businessman %c of fraud on %d.", "The businessman %c was acquitted of fraud by a court in %p on %d.", "%c was found not guilty of fraud in %p on %d."},
		{"Prosecutors had asked for %1 years in prison.", "The prosecution had demanded a sentence of %1 years."},
		{"He was accused of taking $%3 from the firm %r.", "The charge was that he took $%3 from the firm %r."},
		{"Judge %o said the evidence was weak.", "The evidence was weak, said the judge, %o."},
		{"The trial lasted %4 days.", "The trial took %4 days.", "%2 witnesses were heard."},
		{"The prosecutors will appeal.", "Prosecutors said they would appeal.", "The prosecution does not plan to appeal."},
		{"“Justice has been done,” %c said outside the court.", "%c told reporters that justice had been done."},
		{"%r lost %4 percent of its value when the case began.", "Shares of %r fell %4 percent when the case began."},
	}},
	{title: []string{"Ferry %r runs aground off %p", "%2 taken off ferry near %p", "Ferry stuck on rocks at %p"}, sentences: [][]string{
		{"The ferry %r ran aground near %p on %d.", "On %d the ferry %r struck rocks off %p.", "A ferry, the %r, ran onto rocks near %p on %d."},
		{"All %2 passengers were taken off.", "The %2 people on board were brought ashore.", "Lifeboats took %2 passengers to the shore."},
		{"%1 of them were treated in hospital.", "%1 people were taken to hospital.", "Nobody was hurt."},
		{"The captain, %c, had passed a breath test.", "A breath test of the captain, %c, found no alcohol."},
		{"The wind blew at %4 kilometres an hour.", "Winds of %4 kilometres an hour were measured."},
		{"“We heard a loud bang,” said %o, a passenger.", "Passenger %o said there had been a loud bang."},
		{"The ship was built in 1998.", "The ferry has sailed since 1998."},
		{"About %3 litres of oil leaked into the sea.", "Some %3 litres of oil were lost.", "No oil leaked, the coast guard said."},
	}},
	{title: []string{"Teachers strike in %p", "Schools in %p closed for a day", "%3 pupils stay at home in %p"}, sentences: [][]string{
		{"Teachers in %p went on strike on %d.", "The teachers of %p stopped work on %d.", "A strike of teachers closed schools in %p on %d."},
		{"%1 schools stayed closed.", "The strike closed %1 schools.", "At %1 schools no lesson was given."},
		{"Some %3 pupils had no lessons.", "%3 pupils stayed at home."},
		{"The union wants %4 percent more pay.", "Teachers demand a rise of %4 percent.", "The union asks for a rise of %4 percent."},
		{"Education minister %c rejected the demand.", "The demand was rejected by the education minister, %c.", "The education minister, %c, said she would meet the union."},
		{"“We cannot live on this pay,” said %o, who teaches at %r School.", "%o, a teacher at %r School, said the pay was too low to live on."},
		{"The last strike was in 2016.", "It was the first strike since 2016."},
		{"Parents looked after %2 children in the town hall.", "The town hall took in %2 children."},
	}},
}
