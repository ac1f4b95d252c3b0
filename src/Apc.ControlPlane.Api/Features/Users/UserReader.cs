using System.Globalization;
using Apc.ControlPlane.Api.Scalars;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Apc.ControlPlane.Api.Features.Users;

/// <summary>Looks for users.</summary>
public sealed class UserReader(IDbContextFactory<ControlPlaneDbContext> contexts)
{
    /// <summary>Most users of one answer; the oldest.</summary>
    public const int MaxResults = 100;

    private const string HasEmail = $"id in (select \"userId\" from {HoustonNames.Email} where lower(address) = lower({{0}}))";

    /// <summary>The users whom all that is given fits, oldest first.</summary>
    /// <exception cref="UserSearchEmptyException">Nothing is given.</exception>
    public async Task<IReadOnlyList<UserRow>> SearchAsync(UserSearch? search, string? email, CancellationToken cancellationToken)
    {
        var conditions = new Conditions();
        conditions.AddId(search?.UserId);
        conditions.AddId(search?.UserUuid);
        conditions.AddText(HasEmail, email);
        conditions.AddText(HasEmail, search?.Email);
        conditions.AddText("lower(username) = lower({0})", search?.Username);
        conditions.AddText("\"fullName\" = {0}", search?.FullName);
        conditions.AddTime("\"createdAt\"", search?.CreatedAt);
        conditions.AddTime("\"updatedAt\"", search?.UpdatedAt);

        if (conditions.IsEmpty)
        {
            throw new UserSearchEmptyException();
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var sql = $"select * from {HoustonNames.User} where {conditions.Sql}";
        var users = await db.Users.FromSqlRaw(sql, conditions.Parameters)
            .AsNoTracking()
            .OrderBy(u => u.CreatedAt).ThenBy(u => u.Id)
            .Take(MaxResults)
            .ToListAsync(cancellationToken);
        return [.. users.Select(UserRow.Of)];
    }

    /// <summary>What users have to fit; absent members add nothing.</summary>
    private sealed class Conditions
    {
        private readonly List<string> _texts = [];
        private readonly List<NpgsqlParameter> _parameters = [];

        public bool IsEmpty => _texts.Count == 0;

        public string Sql => string.Join(" and ", _texts);

        public object[] Parameters => [.. _parameters];

        public void AddId(Uuid? given)
        {
            if (given is { IsAbsent: false } id)
            {
                // A text that is no id of ours names nobody; the empty id stands for that.
                Add("id = {0}", id.Id ?? Guid.Empty);
            }
        }

        public void AddText(string condition, string? given)
        {
            if (string.IsNullOrWhiteSpace(given))
            {
                return;
            }

            if (PlainText.IsPlain(given))
            {
                Add(condition, given.Trim());
            }
            else
            {
                AddNobody();
            }
        }

        public void AddTime(string column, string? given)
        {
            if (string.IsNullOrWhiteSpace(given))
            {
                return;
            }

            if (DateTimeOffset.TryParse(given, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
            {
                // Answers show milliseconds, columns hold microseconds.
                Add($"date_trunc('milliseconds', {column}) = date_trunc('milliseconds', {{0}})", time);
            }
            else
            {
                AddNobody();
            }
        }

        private void Add<T>(string condition, T value)
        {
            var parameter = new NpgsqlParameter<T>($"p{_parameters.Count}", value);
            _texts.Add(string.Format(CultureInfo.InvariantCulture, condition, $"@{parameter.ParameterName}"));
            _parameters.Add(parameter);
        }

        // What no column can hold fits nobody.
        private void AddNobody() => _texts.Add("false");
    }
}
