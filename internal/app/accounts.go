package app

import (
	"context"
	"net/mail"
	"strings"

	"corroborate/internal/auth"
	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// errLogin is the one answer to a sign-in that fails.
var errLogin = &claims.Error{Kind: claims.Unauthenticated, Message: "the e-mail address or the password is wrong"}

// SignIn is how far somebody has come who signs in.
type SignIn struct {
	User User
	// CodeDue is true where a code of the second factor is asked for first: then no
	// session begins but by [App.LoginCode].
	CodeDue bool
	// PasswordDue is true where the service made the password: then no session begins but by
	// [App.ChooseFirstPassword]. A code that is due comes before.
	PasswordDue bool
}

// Login checks an e-mail address and a password. The error is the same for an
// unknown address and a wrong password (claims.Unauthenticated), and both take
// as long. Too many tries at an account give claims.TooMany, a first password
// that has ended claims.Conflict. Where nothing is due, the session has to keep the user's ID and
// SessionVersion for [App.SessionActor].
func (a *App) Login(ctx context.Context, email, password string) (SignIn, error) {
	if len(password) > auth.MaxPassword {
		return SignIn{}, errLogin
	}
	if err := a.tryAccount(ctx, email); err != nil {
		return SignIn{}, err
	}
	u, err := a.db.UserByEmail(ctx, foldEmail(email))
	if claims.KindOf(err) == claims.NotFound {
		auth.VerifyAbsent(password)
		a.log.WarnContext(ctx, "sign-in refused", "why", "no such account")
		return SignIn{}, errLogin
	}
	if err != nil {
		return SignIn{}, err
	}
	if err := a.verify(ctx, u, password); err != nil {
		a.log.WarnContext(ctx, "sign-in refused", "why", "wrong password", "user", u.ID)
		return SignIn{}, err
	}
	if u.DisabledAt != nil {
		a.log.WarnContext(ctx, "sign-in refused", "why", "closed account", "user", u.ID)
		return SignIn{}, errLogin
	}
	in := SignIn{User: u, CodeDue: u.SecondFactor, PasswordDue: u.FirstPasswordAt != nil}
	switch {
	case in.PasswordDue && a.firstPasswordEnded(u):
		a.log.WarnContext(ctx, "sign-in refused", "why", "first password has ended", "user", u.ID)
		return SignIn{}, errFirstPassword
	case in.CodeDue || in.PasswordDue:
		return in, nil
	}
	err = a.change(ctx, Actor{UserID: u.ID, Name: u.Name}, func(c change) error { return c.signedIn(ctx, u) })
	return in, err
}

// signedIn notes that somebody signed in.
func (c change) signedIn(ctx context.Context, u User) error {
	if err := c.tx.SetLastLogin(ctx, u.ID, c.now()); err != nil {
		return err
	}
	return c.record(ctx, deed{action: "user.login", object: u.ID})
}

// LoginCode ends a sign-in for which a code is due: a code of the app, or a recovery
// code. userID and sessionVersion are those that [App.Login] gave; it fails with
// claims.Unauthenticated where the account was closed or changed since.
func (a *App) LoginCode(ctx context.Context, userID string, sessionVersion int, code string) (SignIn, error) {
	id, err := knownID(userID)
	if err != nil {
		return SignIn{}, errNoSession
	}
	var u User
	var outcome codeOutcome
	err = a.change(ctx, Actor{UserID: id}, func(c change) error {
		var err error
		u, err = c.tx.User(ctx, id)
		if err == nil && (u.DisabledAt != nil || u.SessionVersion != sessionVersion || !u.SecondFactor) {
			return errNoSession
		}
		if err != nil {
			return err
		}
		c.who.Name = u.Name
		f, err := c.tx.LockSecondFactor(ctx, id)
		if err != nil {
			return err
		}
		if outcome, err = c.takeCode(ctx, f, code); err != nil || outcome != codeTaken || u.FirstPasswordAt != nil {
			return err
		}
		return c.signedIn(ctx, u)
	})
	if err != nil {
		return SignIn{}, ifAccount(err)
	}
	return SignIn{User: u, PasswordDue: u.FirstPasswordAt != nil}, outcome.problem()
}

// verify checks an account's password.
func (a *App) verify(ctx context.Context, u User, password string) error {
	hash, err := a.db.PasswordHash(ctx, u.ID)
	if err != nil {
		return err
	}
	ok, err := auth.VerifyPassword(hash, password)
	if err != nil {
		return err
	}
	if !ok {
		return errLogin
	}
	return nil
}

func foldEmail(email string) string { return strings.ToLower(claims.CleanName(email)) }

// AccountKey gives an e-mail address as accounts are known by it, so that whoever counts
// tries at an account counts all its spellings together.
func AccountKey(email string) string { return foldEmail(email) }

var errNoSession = &claims.Error{Kind: claims.Unauthenticated, Message: "the session has ended: sign in again"}

// SessionActor gives the actor of a session, as the account stands now. It fails
// with claims.Unauthenticated where the account is closed or its password was
// changed since, or is one that the service made. Who still has to set up a second factor may
// do nothing else.
func (a *App) SessionActor(ctx context.Context, userID string, sessionVersion int) (Actor, error) {
	id, err := knownID(userID)
	if err != nil {
		return Actor{}, errNoSession
	}
	u, err := a.db.User(ctx, id)
	if claims.KindOf(err) == claims.NotFound {
		return Actor{}, errNoSession
	}
	if err != nil {
		return Actor{}, err
	}
	if u.DisabledAt != nil || u.SessionVersion != sessionVersion || u.FirstPasswordAt != nil {
		return Actor{}, errNoSession
	}
	who := Actor{UserID: u.ID, Name: u.Name, Role: u.Role, Scopes: u.Role.Scopes(), public: a.publicRead, session: sessionVersion}
	if a.factorRequired(u.Role) && !u.SecondFactor {
		who.FactorDue, who.Scopes = true, nil
	}
	return who, nil
}

// UserInput is a new account.
type UserInput struct {
	Email    string
	Name     string
	Password string
	Role     auth.Role
	// first is true where the service made the password.
	first bool
}

func (in UserInput) check() error {
	p := problems{}
	wrongPerson(p, in.Email, in.Name)
	if err := auth.CheckPassword(in.Password, in.Email, in.Name); err != nil {
		p.add("password", "does not do: "+err.Error())
	}
	if !in.Role.Valid() {
		p.add("role", wrongRole)
	}
	return invalidFields(p)
}

// wrongPerson says what is wrong with the address and the name of a person.
func wrongPerson(p problems, email, name string) {
	email = foldEmail(email)
	if parsed, err := mail.ParseAddress(email); err != nil || parsed.Address != email || len(email) > maxName {
		p.add("email", "is not an e-mail address")
	}
	p.add("name", wrongName(name, maxName))
	if claims.CleanName(name) == "" {
		p.add("name", "is missing")
	}
}

// errHasAccount says that an address is taken.
func errHasAccount(err error) error {
	return &claims.Error{Kind: claims.Conflict, Message: "this e-mail address has an account already",
		Fields: map[string]string{"email": "has an account already"}, Err: err}
}

// CreateUser makes an account.
func (a *App) CreateUser(ctx context.Context, who Actor, in UserInput) (User, error) {
	if err := who.require(Administer); err != nil {
		return User{}, err
	}
	if err := in.check(); err != nil {
		return User{}, err
	}
	id := newID()
	err := a.change(ctx, who, func(c change) error { return c.addUser(ctx, id, in) })
	if claims.KindOf(err) == claims.Conflict {
		return User{}, errHasAccount(err)
	}
	if err != nil {
		return User{}, err
	}
	return a.db.User(ctx, id)
}

// insertUser stores an account.
func (c change) insertUser(ctx context.Context, id string, in UserInput) error {
	return c.tx.InsertUser(ctx, store.NewUser{ID: id, Email: foldEmail(in.Email), Name: claims.CleanName(in.Name),
		Role: in.Role, PasswordHash: auth.HashPassword(in.Password), FirstPassword: in.first, At: c.now()})
}

// addUser is insertUser for accounts that somebody makes for another.
func (c change) addUser(ctx context.Context, id string, in UserInput) error {
	if err := c.insertUser(ctx, id, in); err != nil {
		return err
	}
	return c.record(ctx, deed{action: "user.add", object: id, detail: map[string]string{"role": string(in.Role)}})
}

// UserFilter chooses accounts; empty fields choose all.
type UserFilter struct {
	// Part is a part of the name or of the address.
	Part string
	Role auth.Role
	// Open chooses accounts that are open, or closed ones; nil chooses both.
	Open *bool
	Page
}

// Users lists the accounts, the newest first.
func (a *App) Users(ctx context.Context, who Actor, f UserFilter) (List[User], error) {
	if err := who.require(Administer); err != nil {
		return List[User]{}, err
	}
	if f.Role != "" && !f.Role.Valid() {
		return List[User]{}, invalid("role", wrongRole)
	}
	c := store.UserChoice{Part: claims.CleanName(f.Part), Role: f.Role, Open: f.Open}
	return byID(f.Page, func(before string, limit int) ([]User, error) {
		c.Before, c.Limit = before, limit
		return a.db.Users(ctx, c)
	}, func(u User) string { return u.ID })
}

// Me gives the actor's own account.
func (a *App) Me(ctx context.Context, who Actor) (User, error) {
	if err := who.require(KnowOneself); err != nil {
		return User{}, err
	}
	return a.db.User(ctx, who.UserID)
}

// ChangePassword sets the actor's own password. It ends all their sessions: the
// user that it returns carries the SessionVersion for a new one.
func (a *App) ChangePassword(ctx context.Context, who Actor, old, changed string) (User, error) {
	if err := who.require(ManageOwn); err != nil {
		return User{}, err
	}
	u, err := a.db.User(ctx, who.UserID)
	if err != nil {
		return User{}, err
	}
	if err := a.verifyField(ctx, who, u, typed{"old_password", old}); err != nil {
		return User{}, err
	}
	if err := auth.CheckPassword(changed, u.Email, u.Name); err != nil {
		return User{}, invalid("password", "does not do: "+err.Error())
	}
	err = a.change(ctx, who, func(c change) error {
		if err := c.tx.SetPassword(ctx, u.ID, auth.HashPassword(changed)); err != nil {
			return err
		}
		if err := c.tx.RevokeResets(ctx, u.ID, c.now()); err != nil {
			return err
		}
		return c.record(ctx, deed{action: "user.password", object: u.ID})
	})
	if err != nil {
		return User{}, err
	}
	return a.db.User(ctx, u.ID)
}
