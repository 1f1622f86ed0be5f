package claims

import "testing"

// reasonsOf gives the reasons of a text's claims by their first words.
func reasonsOf(e *Engine, text string) []Claim {
	return e.Extract(Article{ID: "a", Source: "Post", Text: ReadText(text, "")})
}

// TestUncheckable has, for each reason, sentences all of whose claims are not
// checkable for that reason.
func TestUncheckable(t *testing.T) {
	t.Parallel()
	e := testEngine(t)
	for reason, texts := range map[string][]string{
		reasonOpinion: {
			"The council should scrap the parking plan.",
			"“The council should scrap the parking plan,” said Ruth Amadi.",
			"The ferry company ought to apologise.",
			"“We must protect our children,” the mayor said.",
			"“This is a disgrace,” said the captain.",
			"“It was the most beautiful wedding,” she said.",
			"The new harbour building is ugly.",
			"“The mayor is a wonderful man,” said Lena Voss.",
			"“I am so proud of this team,” the coach said.",
			"“We are heartbroken,” the family said.",
			"“I think the plan is foolish,” Voss said.",
			"“I hope they find the boat,” he said.",
			"“We believe in fairness and hard work,” the minister said.",
			"“I love this town,” she said.",
			"“These people deserve better,” said Amadi.",
			"“It is time to rebuild the pier,” the mayor said.",
			"“There is no excuse for this delay,” said the captain.",
			"Lena Voss said the decision was outrageous.",
			"“We need to listen to the fishermen,” Voss said.",
			"“That would be a terrible mistake,” the senator said.",
			"The film is a masterpiece.",
			"“I'm thrilled to be back,” the singer said.",
			"It is important to remember the victims.",
			"Voss said she was grateful for the support.",
			"“We need a new harbour,” Voss said.",
			"“We can't afford to lose the ferry,” said Amadi.",
			"“We will need to wait for the report,” said Amadi.",
			"“He should be forced to resign!” she shouted.",
			"Voss has a reputation for being difficult.",
			"The harbour master enjoys a formidable reputation.",
		},
		reasonQuestion: {
			"Who sank the ferry?",
			"Why did the captain leave the bridge?",
			"Did the council know about the leak?",
			"“Where is the money?” the mayor asked.",
			"“What were they thinking?” said Voss.",
			"Is the pier safe?",
			"How many boats were lost?",
			"Will the harbour reopen in May?",
			"Can the town afford a second ferry?",
			"“Are you going to resign?” a reporter shouted.",
			"So what happens to the crew now?",
			"“Do you trust the mayor?” she asked.",
			"The captain is a hero?",
			"“Have they no shame?” Amadi said.",
			"But was the fog really that thick?",
			"Which company built the pier?",
			"“If the ship was safe, why did it sink?” Voss asked.",
			"Could the accident have been avoided?",
			"Isn't that what the rules are for?",
			"What else did the inspectors miss?",
			"Reporters asked whether the ferry had been inspected.",
			"Should the council pay for the repairs?",
		},
		reasonPromotion: {
			"Sign up for our morning newsletter.",
			"Read the full story here.",
			"Click here to see all photos of the fire.",
			"Please support our journalism with a donation.",
			"Subscribe today and get the first month free.",
			"Download our app to follow the match live.",
			"Follow us on Twitter for the latest updates.",
			"Don't miss our podcast on the ferry disaster.",
			"Our newsletter brings you the best stories of the week.",
			"You can listen to the podcast on our website.",
			"Get breaking news alerts on your phone.",
			"Join the conversation on our Facebook page.",
			"Watch the video above.",
			"Share this article with your friends.",
			"We may earn a commission if you buy through our links.",
			"Check out our guide to the best beaches.",
			"Visit our website for more stories like this.",
			"Email your photos to the newsroom.",
			"If you value our reporting, please donate.",
			"Stay tuned for more updates.",
			"Buy your tickets now.",
			"Enter your email to receive our weekly newsletter.",
		},
		reasonPrediction: {
			"The decision will reshape the region for decades.",
			"His resignation could have a big impact on the party.",
			"It remains to be seen whether the pier will hold.",
			"Only time will tell, of course.",
			"The outcome of the talks will be critically important.",
			"The scandal is likely to overshadow the visit.",
			"The row could undermine confidence in the ferry.",
			"The defeat will reverberate through the capital.",
			"The strike may test the patience of commuters.",
			"The ruling could open the door to more lawsuits.",
			"At the very least, the vote will cost the party some friends.",
		},
		reasonRhetoric: {
			"“Thank you for coming,” the mayor said.",
			"Not everyone was happy with the harbour plan.",
			"“We salute the brave crew,” she said.",
			"“Let's get to work,” the coach said.",
			"“Save our harbour,” the poster read.",
			"“Cancel the meeting,” the senator wrote.",
			"“Don't give up,” she told the crowd.",
			"“Lock the gates!” he shouted.",
			"“What a great day for the harbour!” said Voss.",
			"“We pray for the families,” the bishop said.",
			"“Never let them win,” he said.",
		},
	} {
		for _, text := range texts {
			got := reasonsOf(e, text)
			if len(got) == 0 && reason != reasonPromotion {
				t.Errorf("%s: no claim in %q", reason, text)
			}
			for _, c := range got {
				if c.Reason != reason || c.Checkable || c.Worth != 0 {
					t.Errorf("%q: %q is %q, want %q", text, c.Exact, c.Reason, reason)
				}
			}
		}
	}
}

// TestCheckableLookAlikes has sentences with facts that look like opinions,
// questions, promotion, rhetoric or predictions.
func TestCheckableLookAlikes(t *testing.T) {
	t.Parallel()
	e := testEngine(t)
	for _, text := range []string{
		"The best-selling model costs $4,000.",
		"Not everyone was rescued from the ferry.",
		"Not all 40 members were at the meeting.",
		"The fall carried a reputation prize of $5,000.",
		"The harbour has an image of Saint Anne above its gate.",
		"It was the worst flood in the valley since 1953.",
		"Ruth Amadi met a good friend in Halifax on Tuesday.",
		"The victim was in critical condition on Monday.",
		"Voss was critical of the mayor.",
		"“We need $4 million to repair the pier,” said Amadi.",
		"Voss said passengers will need to show a passport.",
		"“We needed help from the navy,” the captain said.",
		"“We had to leave the ship,” the captain said.",
		"The cuts will take effect on the ferry line in May.",
		"The road should reopen by Friday.",
		"Residents must register by March 3.",
		"Companies must file their tax returns on paper.",
		"The court ruled that the pier should be closed.",
		"“I was in Halifax on the night of the crash,” the captain said.",
		"“We lost 14 boats,” Voss said.",
		"“I am proud to announce that the bridge will open on May 4,” the mayor said.",
		"“I think about 40 people were on board,” he said.",
		"“We believe the fire started in the kitchen at 3 a.m.,” said Voss.",
		"“I love this town because my parents moved here in 2004,” said Ruth Amadi.",
		"The question of who owns the ferry went to court in 2019.",
		"The council asked the company for its accounts.",
		"The mayor opened his speech on Monday with the words “Who sank the ferry?”",
		"The show, called “Who Do You Trust?”, won three awards.",
		"Police questioned the captain about the missing fuel.",
		"The company sold 40,000 subscriptions last year.",
		"The newsletter reached 2 million readers in March.",
		"The outlet launched a podcast about the ferry in 2020.",
		"The mayor signed up for the race on Tuesday.",
		"Readers donated $90,000 to the families.",
		"The crowd chanted “Shame!” as the mayor left the hall.",
		"Fans shouted “Let's go!” outside the stadium in Moncton.",
		"The mayor thanked 200 volunteers on Sunday.",
		"The company will cut 300 jobs in May.",
		"The bank could close 12 branches by June.",
		"The bill would change how boats are taxed.",
		"The minister will visit the harbour on Thursday.",
		"Prices rose 3 percent, which is bad for sailors.",
		"The town spent a good part of the money on sand.",
		"The great majority of members voted for the strike.",
		"Ana Reyes will run for a second term, her office said.",
		"Rain could reach the coast by Sunday evening.",
		"The victims should have been paid in 2019, the court found.",
	} {
		got := reasonsOf(e, text)
		checkable := false
		for _, c := range got {
			checkable = checkable || c.Checkable
		}
		if !checkable {
			t.Errorf("%q: no claim is checkable: %+v", text, got)
		}
	}
}
